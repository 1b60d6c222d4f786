import QtQuick
import QtQuick.Layouts

// A procedure that was found.
Pressable {
    id: row

    property var hit: ({})

    button: "procedure"
    value: hit.code
    label: hit.name
    hint: hit.note
    implicitHeight: Math.max(Look.px(116), words.implicitHeight + Look.px(28))

    Rectangle {
        anchors.fill: parent
        radius: Look.radius
        color: row.down ? Look.pressed : Look.card
        border.width: Look.px(2)
        border.color: Look.line
    }
    ColumnLayout {
        id: words
        anchors.left: parent.left
        anchors.right: chevron.left
        anchors.leftMargin: Look.px(28)
        anchors.rightMargin: Look.px(12)
        anchors.verticalCenter: parent.verticalCenter
        spacing: 0

        Words {
            Layout.fillWidth: true
            text: row.hit.name
            font.bold: true
            Accessible.ignored: true
        }
        Words {
            Layout.fillWidth: true
            text: row.hit.note
            font.pixelSize: Look.letters(28)
            color: Look.quiet
            Accessible.ignored: true
        }
    }
    Icon {
        id: chevron
        anchors.right: parent.right
        anchors.rightMargin: Look.px(20)
        anchors.verticalCenter: parent.verticalCenter
        name: "chevron"
        size: Look.px(44)
        weight: 2.6
        color: Look.accent
    }
}
