import QtQuick
import QtQuick.Layouts

// No number: why, and what to do.
Message {
    required property var screen

    icon: "info"
    title: kiosk.t.refused_title
    text: screen.message
    advice: screen.advice

    BigButton {
        Layout.fillWidth: true
        implicitHeight: Look.px(Look.compact ? 112 : 132)
        button: "done"
        primary: true
        label: kiosk.t.refused_done
    }
}
