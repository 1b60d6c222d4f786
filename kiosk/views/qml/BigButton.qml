import QtQuick
import QtQuick.Layouts

// The ordinary button: one line of words, an icon where it helps; filled where it is the main thing to do.
Pressable {
    id: button

    property bool primary: false
    property string icon: ""
    property int letters: Look.strong

    implicitWidth: row.implicitWidth + Look.px(72)
    implicitHeight: Math.max(Look.touch, row.implicitHeight + Look.px(36))

    Rectangle {
        anchors.fill: parent
        radius: Look.radius
        color: button.primary ? (button.down ? Look.accentPressed : Look.accent)
                              : (button.down ? Look.pressed : Look.card)
        border.width: button.primary ? 0 : Look.px(3)
        border.color: Look.accent
        scale: button.down ? 0.985 : 1
        Behavior on scale {
            enabled: Look.animated
            NumberAnimation { duration: 90 }
        }
    }
    RowLayout {
        id: row
        anchors.centerIn: parent
        width: Math.min(implicitWidth, button.width - Look.px(48))
        spacing: Look.px(20)

        Icon {
            visible: button.icon !== ""
            name: button.icon
            size: Math.max(Look.px(52), Math.round(button.letters * 1.2))
            color: button.primary ? Look.accentInk : Look.accent
        }
        Words {
            Layout.fillWidth: true
            text: button.label
            font.pixelSize: button.letters
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
            color: button.primary ? Look.accentInk : Look.accent
            Accessible.ignored: true
        }
    }
}
