import QtQuick
import QtQuick.Layouts

// What became of the slip, in words, icon and tone.
Rectangle {
    id: panel

    property var screen: ({})
    readonly property string tone: screen.slip === "printed" ? "good" : screen.slip === "printing" || screen.slip === "sent" ? "plain" : "warning"

    implicitHeight: slip.implicitHeight + Look.px(Look.compact ? 28 : 56)
    radius: Look.px(30)
    color: Look.tonePaper(tone)
    border.width: Look.dark ? Look.px(3) : 0
    border.color: Look.tone(tone)

    RowLayout {
        id: slip
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Look.px(36)
        anchors.rightMargin: Look.px(36)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Look.px(32)

        Icon {
            name: panel.tone === "good" ? "check" : panel.tone === "warning" ? "warning" : "printer"
            size: Look.px(Look.compact ? 80 : 100)
            color: Look.tone(panel.tone)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Words {
                Layout.fillWidth: true
                text: panel.screen.headline
                font.pixelSize: Look.letters(Look.compact ? 44 : 50)
                font.bold: true
                color: Look.tone(panel.tone)
                Accessible.role: Accessible.AlertMessage
            }
            Words {
                Layout.fillWidth: true
                text: panel.screen.advice
                font.pixelSize: Look.letters(Look.compact ? 28 : 36)
                color: Look.tone(panel.tone)
            }
        }
    }
}
