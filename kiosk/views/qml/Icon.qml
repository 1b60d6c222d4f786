import QtQuick

// A line drawing by its name, see kiosk/views/icons.py.
Image {
    id: icon

    property string name: ""
    property color color: Look.ink
    property real size: Look.px(48)
    property real weight: 2

    source: name === "" ? "" : "image://icon/" + name + "/" + color.toString().slice(-6) + "/" + weight
    sourceSize: Qt.size(Math.round(size), Math.round(size))
    width: size
    height: size
    Accessible.ignored: true
}
