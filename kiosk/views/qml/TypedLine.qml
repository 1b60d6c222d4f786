import QtQuick

// What has been typed so far, or what could be.
Rectangle {
    id: line

    property string text: ""
    property string prompt: ""
    property string icon: "find"

    implicitHeight: Math.max(Look.px(112), words.implicitHeight + Look.px(28))
    radius: Look.radius
    color: Look.card
    border.width: Look.px(4)
    border.color: Look.accent
    Accessible.role: Accessible.EditableText
    Accessible.name: prompt
    Accessible.description: text
    Accessible.readOnly: true

    Icon {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Look.px(28)
        anchors.verticalCenter: parent.verticalCenter
        name: line.icon
        size: Look.px(56)
        color: Look.accent
    }
    Words {
        id: words
        anchors.left: mark.right
        anchors.right: clear.left
        anchors.leftMargin: Look.px(24)
        anchors.rightMargin: Look.px(12)
        anchors.verticalCenter: parent.verticalCenter
        text: line.text === "" ? line.prompt : line.text + "|"
        font.pixelSize: Look.letters(line.text === "" ? 34 : 46)
        font.bold: line.text !== ""
        color: line.text === "" ? Look.quiet : Look.ink
        Accessible.ignored: true
    }
    Key {
        id: clear
        anchors.right: parent.right
        anchors.rightMargin: Look.px(8)
        anchors.verticalCenter: parent.verticalCenter
        width: Look.px(96)
        visible: line.text !== ""
        key: "clear"
        icon: "clear"
        spoken: kiosk.t.search_clear
    }
}
