import QtQuick
import QtQuick.Layouts

// A service: its name and how many wait.
Pressable {
    id: tileButton

    property var tile: ({})
    property bool roomy: false

    button: "service"
    value: tile.id
    label: tile.name
    hint: tile.note
    implicitHeight: Math.max(Look.px(roomy ? 176 : 150), words.implicitHeight + Look.px(44))

    Rectangle {
        anchors.fill: parent
        radius: Look.radius
        color: tileButton.down ? Look.pressed : tileButton.tile.available ? Look.card : Look.faintPaper
        border.width: Look.px(Look.dark ? 3 : 2)
        border.color: Look.line
        scale: tileButton.down ? 0.985 : 1
        Behavior on scale {
            enabled: Look.animated
            NumberAnimation { duration: 90 }
        }
    }
    Rectangle {
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.topMargin: Look.px(26)
        anchors.bottomMargin: Look.px(26)
        width: Look.px(8)
        radius: width / 2
        color: tileButton.tile.available ? Look.accent : Look.line
    }
    ColumnLayout {
        id: words
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Look.px(32)
        anchors.rightMargin: Look.px(tileButton.roomy ? 76 : 20)
        anchors.verticalCenter: parent.verticalCenter
        spacing: 0

        Words {
            Layout.fillWidth: true
            text: tileButton.tile.name
            font.pixelSize: Look.letters(tileButton.roomy ? 46 : 38)
            font.bold: true
            Accessible.ignored: true
        }
        Words {
            Layout.fillWidth: true
            text: tileButton.tile.note
            font.pixelSize: Look.small
            color: Look.quiet
            Accessible.ignored: true
        }
    }
    Icon {
        visible: tileButton.roomy
        anchors.right: parent.right
        anchors.rightMargin: Look.px(20)
        anchors.verticalCenter: parent.verticalCenter
        name: "chevron"
        size: Look.px(44)
        weight: 2.6
        color: tileButton.tile.available ? Look.accent : Look.quiet
    }
}
