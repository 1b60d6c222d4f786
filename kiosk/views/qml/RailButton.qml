import QtQuick

// One of the two buttons that scroll a pane; faint at the end of the way.
Item {
    id: rail

    property string icon: ""
    property string label: ""
    property bool idle: false
    readonly property bool touchable: true
    signal turned()

    enabled: Look.settled
    width: Look.touch
    height: Look.touch
    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.onPressAction: turned()

    Rectangle {
        anchors.fill: parent
        radius: Look.radius
        color: area.pressed ? Look.pressed : Look.card
        border.width: Look.px(3)
        border.color: rail.idle ? Look.line : Look.accent
    }
    Icon {
        anchors.centerIn: parent
        name: rail.icon
        weight: 2.6
        color: rail.idle ? Look.line : Look.accent
    }
    MouseArea {
        id: area
        anchors.fill: parent
        onClicked: rail.turned()
    }
}
