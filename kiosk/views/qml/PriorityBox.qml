import QtQuick

// A priority class to claim or not.
Pressable {
    id: box

    property var choice: ({})

    button: "priority"
    value: choice.id
    label: choice.name
    checkable: true
    checked: choice.chosen
    implicitHeight: Math.max(Look.px(Look.compact ? 96 : 112), words.implicitHeight + Look.px(24))

    Rectangle {
        anchors.fill: parent
        radius: Look.radius
        color: box.down ? Look.pressed : box.checked ? Look.accentPaper : Look.card
        border.width: Look.px(box.checked ? 4 : 2)
        border.color: box.checked ? Look.accent : Look.line
    }
    Rectangle {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Look.px(24)
        anchors.verticalCenter: parent.verticalCenter
        width: Look.px(52)
        height: width
        radius: Look.px(12)
        color: box.checked ? Look.accent : "transparent"
        border.width: Look.px(3)
        border.color: box.checked ? Look.accent : Look.quiet

        Icon {
            anchors.centerIn: parent
            visible: box.checked
            name: "check"
            size: Look.px(40)
            weight: 3
            color: Look.accentInk
        }
    }
    Words {
        id: words
        anchors.left: mark.right
        anchors.right: parent.right
        anchors.leftMargin: Look.px(24)
        anchors.rightMargin: Look.px(16)
        anchors.verticalCenter: parent.verticalCenter
        text: box.choice.name
        font.pixelSize: Look.letters(34)
        Accessible.ignored: true
    }
}
