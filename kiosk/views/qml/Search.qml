import QtQuick
import QtQuick.Layouts

// Procedure search: what is typed, what is found, and the keyboard.
GridLayout {
    id: page

    required property var screen
    readonly property bool wide: width > Look.px(1500)

    columns: wide ? 2 : 1
    columnSpacing: Look.margin
    rowSpacing: Look.gap

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 7
        Layout.alignment: Qt.AlignTop
        spacing: Look.gap

        PageTitle {
            Layout.fillWidth: true
            visible: page.wide || !Look.compact
            text: kiosk.t.search_title
        }
        TypedLine {
            Layout.fillWidth: true
            text: page.screen.query
            prompt: kiosk.t.search_prompt
        }
        OnScreenKeyboard {
            Layout.fillWidth: true
            visible: page.wide
        }
    }
    ScrollPane {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 5
        spacing: Look.px(16)

        Words {
            Layout.fillWidth: true
            visible: text !== ""
            text: page.screen.message
            color: Look.quiet
        }
        Repeater {
            model: page.screen.hits.length

            HitRow {
                required property int index

                Layout.fillWidth: true
                hit: page.screen.hits[index] || Look.blank
            }
        }
    }
    OnScreenKeyboard {
        Layout.fillWidth: true
        visible: !page.wide
    }
}
