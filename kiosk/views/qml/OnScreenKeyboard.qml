import QtQuick
import QtQuick.Layouts

// Large keys in rows of ten. For words: letters and a space bar; for codes: digits, letters and the two marks of a code.
ColumnLayout {
    id: keyboard

    property bool codes: false
    readonly property var rows: codes ? ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm."]
                                      : ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
    readonly property int eraser: codes ? 3 : 1

    spacing: Look.px(4)

    Repeater {
        model: keyboard.rows

        RowLayout {
            id: row
            required property string modelData
            required property int index

            Layout.fillWidth: true
            spacing: Look.px(4)

            Repeater {
                model: row.modelData.split("")

                Key {
                    required property string modelData

                    Layout.fillWidth: true
                    Layout.preferredWidth: 10
                    key: modelData
                }
            }
            Key {
                visible: row.index === keyboard.eraser
                Layout.fillWidth: true
                Layout.preferredWidth: keyboard.codes ? 20 : 10
                key: "backspace"
                icon: "backspace"
                spoken: kiosk.t.search_backspace
            }
            Key {
                visible: !keyboard.codes && row.index === 2
                Layout.fillWidth: true
                Layout.preferredWidth: 30
                key: "space"
                label: kiosk.t.search_space
            }
        }
    }
}
