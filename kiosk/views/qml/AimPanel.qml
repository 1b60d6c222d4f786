import QtQuick
import CenterFloor

// What the camera sees, with corners to hold a code between. For the eyes alone: the sentence beside it says what to do.
Rectangle {
    id: panel

    readonly property int arm: Look.px(56)
    readonly property int thickness: Look.px(8)
    readonly property int inset: Look.px(28)

    implicitWidth: Look.px(488)
    implicitHeight: Look.px(278)
    color: Look.card
    border.width: Look.px(4)
    border.color: Look.accent
    Accessible.ignored: true

    Viewfinder {
        anchors.fill: parent
        anchors.margins: Look.px(4)
        camera: kiosk.camera
    }
    Repeater {
        model: 4

        Item {
            id: corner

            required property int index
            readonly property bool far: index % 2 === 1
            readonly property bool low: index > 1

            x: far ? panel.width - panel.inset - panel.arm : panel.inset
            y: low ? panel.height - panel.inset - panel.arm : panel.inset
            width: panel.arm
            height: panel.arm

            Rectangle {
                y: corner.low ? parent.height - height : 0
                width: parent.width
                height: panel.thickness
                color: "#FFD84A"
            }
            Rectangle {
                x: corner.far ? parent.width - width : 0
                width: panel.thickness
                height: parent.height
                color: "#FFD84A"
            }
        }
    }
}
