import QtQuick

// One key of the on-screen keyboard.
Item {
    id: keyButton

    property string key: ""
    property string label: key.toUpperCase()
    property string spoken: label
    property string icon: ""
    readonly property bool touchable: true

    function press() {
        kiosk.type(key)
    }

    objectName: "key-" + key
    implicitHeight: Look.px(98)
    Accessible.role: Accessible.Button
    Accessible.name: spoken
    Accessible.onPressAction: press()

    Rectangle {
        anchors.fill: parent
        anchors.margins: Look.px(3)
        radius: Look.px(14)
        color: area.pressed ? Look.accentPaper : Look.card
        border.width: Look.px(area.pressed || Look.dark ? 3 : 2)
        border.color: area.pressed ? Look.accent : Look.line
    }
    Words {
        anchors.centerIn: parent
        visible: keyButton.icon === ""
        text: keyButton.label
        wrapMode: Text.NoWrap
        font.pixelSize: Look.letters(keyButton.label.length > 1 ? 30 : 42)
        font.bold: keyButton.label.length === 1
        Accessible.ignored: true
    }
    Icon {
        anchors.centerIn: parent
        visible: keyButton.icon !== ""
        name: keyButton.icon
        size: Look.px(52)
    }
    MouseArea {
        id: area
        anchors.fill: parent
        onClicked: keyButton.press()
    }
}
