import QtQuick

// Anything that can be pressed: it names itself to robots and screen readers and hands its press to the kiosk.
Item {
    id: pressable

    property string button: ""
    property string value: ""
    property string label: ""
    property string hint: ""
    property bool checkable: false
    property bool checked: false
    readonly property bool touchable: true
    readonly property alias down: area.pressed

    function press() {
        kiosk.tap(button, value)
    }

    // A second tap of a double tap must not land on what the first one brought up.
    enabled: Look.settled
    objectName: value === "" ? button : button + "-" + value
    Accessible.role: checkable ? Accessible.CheckBox : Accessible.Button
    Accessible.name: label
    Accessible.description: hint
    Accessible.checkable: checkable
    Accessible.checked: checked
    Accessible.onPressAction: press()

    MouseArea {
        id: area
        anchors.fill: parent
        onClicked: pressable.press()
    }
}
