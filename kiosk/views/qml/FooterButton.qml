import QtQuick
import QtQuick.Layouts

// A button of the bottom bar: icon above word, or beside it on a low glass.
Pressable {
    id: button

    property string icon: ""

    implicitWidth: Math.max(Look.px(Look.compact ? 160 : 190), column.implicitWidth + Look.px(28))
    implicitHeight: Math.max(Look.touch, column.implicitHeight + Look.px(16))

    Rectangle {
        anchors.fill: parent
        anchors.margins: Look.px(4)
        radius: Look.radius
        color: button.down ? Look.pressed : button.checked ? Look.accentPaper : "transparent"
        border.width: button.checked ? Look.px(3) : 0
        border.color: Look.accent
    }
    GridLayout {
        id: column
        anchors.centerIn: parent
        columns: Look.compact ? 2 : 1
        rowSpacing: 0
        columnSpacing: Look.px(14)

        Icon {
            Layout.alignment: Qt.AlignHCenter
            name: button.icon
            size: Look.px(46)
            color: Look.accent
        }
        Words {
            id: words
            Layout.alignment: Qt.AlignHCenter
            text: button.label
            wrapMode: Text.NoWrap
            font.pixelSize: Look.letters(28)
            color: Look.ink
            Accessible.ignored: true
        }
    }
}
