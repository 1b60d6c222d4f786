import QtQuick
import QtQuick.Layouts

// Content that may be taller than its place: it can be dragged, and two large buttons scroll it for those who do not.
Item {
    id: pane

    default property alias content: column.data
    property alias spacing: column.spacing
    readonly property bool overflows: flick.contentHeight > flick.height + 1
    readonly property int rail: overflows ? Look.touch + Look.px(20) : 0

    function turn(direction) {
        const most = flick.contentHeight - flick.height
        const target = flick.contentY + direction * flick.height * 0.8
        flick.contentY = Math.max(0, Math.min(most, target))
        kiosk.tap("scroll", "")
    }

    clip: true

    Flickable {
        id: flick
        anchors.fill: parent
        anchors.rightMargin: pane.rail
        contentWidth: width
        contentHeight: column.implicitHeight
        interactive: pane.overflows
        boundsBehavior: Flickable.StopAtBounds
        onMovementStarted: kiosk.tap("scroll", "")
        Behavior on contentY {
            enabled: Look.animated && !flick.moving
            NumberAnimation { duration: 180; easing.type: Easing.OutCubic }
        }

        ColumnLayout {
            id: column
            width: flick.width
            spacing: Look.gap
        }
    }
    RailButton {
        objectName: "scroll-up"
        anchors.right: parent.right
        anchors.top: parent.top
        icon: "up"
        label: kiosk.t.frame_less
        visible: pane.overflows
        idle: flick.contentY <= 1
        onTurned: pane.turn(-1)
    }
    Rectangle {
        readonly property real track: pane.height - 2 * Look.touch - Look.px(40)
        visible: pane.overflows && track > Look.px(60)
        anchors.right: parent.right
        anchors.rightMargin: Look.touch / 2 - width / 2
        y: Look.touch + Look.px(20) + (track - height) * flick.visibleArea.yPosition / Math.max(0.001, 1 - flick.visibleArea.heightRatio)
        width: Look.px(12)
        height: Math.max(Look.px(40), track * flick.visibleArea.heightRatio)
        radius: width / 2
        color: Look.accent
    }
    RailButton {
        objectName: "scroll-down"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        icon: "down"
        label: kiosk.t.frame_more
        visible: pane.overflows
        idle: flick.contentY >= flick.contentHeight - flick.height - 1
        onTurned: pane.turn(1)
    }
}
