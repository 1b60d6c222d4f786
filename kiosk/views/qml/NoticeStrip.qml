import QtQuick
import QtQuick.Layouts

// A sentence with its tone: plain, good or a warning, told by icon and words as well as by colour.
Rectangle {
    id: strip

    property var notice: ({"text": "", "tone": "plain"})

    visible: notice.text !== ""
    implicitHeight: visible ? words.implicitHeight + Look.px(Look.compact ? 22 : 36) : 0
    radius: Look.radius
    color: Look.tonePaper(notice.tone)
    border.width: Look.dark ? Look.px(2) : 0
    border.color: Look.tone(notice.tone)

    Icon {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Look.px(28)
        anchors.verticalCenter: parent.verticalCenter
        size: Look.px(48)
        name: strip.notice.tone === "good" ? "check" : strip.notice.tone === "warning" ? "warning" : "info"
        color: Look.tone(strip.notice.tone)
    }
    Words {
        id: words
        anchors.left: mark.right
        anchors.right: parent.right
        anchors.leftMargin: Look.px(24)
        anchors.rightMargin: Look.px(28)
        anchors.verticalCenter: parent.verticalCenter
        text: strip.notice.text
        font.pixelSize: Look.letters(Look.compact ? 30 : 34)
        color: Look.tone(strip.notice.tone)
        Accessible.role: Accessible.AlertMessage
    }
}
