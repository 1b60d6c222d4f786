import QtQuick
import QtQuick.Layouts

// The hub is gone: what to do meanwhile, and what still works.
Message {
    required property var screen

    icon: "unplugged"
    title: kiosk.t.out_of_service_title
    text: screen.message
    advice: screen.advice

    BigButton {
        Layout.fillWidth: true
        implicitHeight: Look.px(Look.compact ? 112 : 132)
        button: "find"
        icon: "find"
        label: kiosk.t.out_of_service_find
    }
}
