import QtQuick
import QtQuick.Layouts

// The bottom bar, within reach of everybody: the way back, and how the citizen likes to read.
Rectangle {
    id: footer

    property var frame: ({})

    implicitHeight: row.implicitHeight + Look.px(10)
    color: Look.card

    Rectangle {
        width: parent.width
        height: Look.px(2)
        color: Look.line
    }
    RowLayout {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Look.px(16)
        anchors.rightMargin: Look.px(16)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Look.px(8)

        FooterButton {
            button: "back"
            icon: "back"
            label: kiosk.t.frame_back
            visible: footer.frame.can_go_back
        }
        FooterButton {
            button: "home"
            icon: "home"
            label: kiosk.t.frame_home
            visible: footer.frame.can_go_home
        }
        Item {
            Layout.fillWidth: true
        }
        Repeater {
            // A number: a list would make the buttons again with every frame, under a finger too.
            model: footer.frame.other_languages ? footer.frame.other_languages.length : 0

            FooterButton {
                required property int index
                readonly property var choice: footer.frame.other_languages[index]

                button: "language"
                objectName: "language"
                value: choice ? choice.code : ""
                icon: "language"
                label: choice ? choice.name : ""
            }
        }
        FooterButton {
            button: "letters"
            icon: "letters"
            label: kiosk.t.frame_letters
            checkable: true
            checked: footer.frame.large_letters
        }
        FooterButton {
            button: "contrast"
            icon: "contrast"
            label: kiosk.t.frame_contrast
            checkable: true
            checked: footer.frame.high_contrast
        }
    }
}
