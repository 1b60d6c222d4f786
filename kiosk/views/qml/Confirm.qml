import QtQuick
import QtQuick.Layouts

// The last look: which service, how long, priority, and the one button that spends a number.
ColumnLayout {
    id: page

    required property var screen

    spacing: Look.gap

    PageTitle {
        Layout.fillWidth: true
        visible: !Look.compact
        text: kiosk.t.confirm_title
    }
    ScrollPane {
        Layout.fillWidth: true
        Layout.fillHeight: true

        GridLayout {
            Layout.fillWidth: true
            columns: Look.compact ? 2 : 1
            columnSpacing: Look.px(48)
            rowSpacing: Look.px(40)

            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: false
                Layout.preferredWidth: 2
                Layout.alignment: Qt.AlignTop
                spacing: Look.gap

                Words {
                    Layout.fillWidth: true
                    text: page.screen.service
                    font.pixelSize: Look.letters(Look.compact ? 48 : 64)
                    font.bold: true
                    color: Look.accent
                }
                Words {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: page.screen.agency
                    color: Look.quiet
                }
                FactRow {
                    Layout.fillWidth: true
                    visible: !Look.compact && page.screen.facts.length > 0
                    facts: page.screen.facts
                }
                FactList {
                    Layout.fillWidth: true
                    visible: Look.compact
                    facts: page.screen.facts
                    share: 0.5
                }
                NoticeStrip {
                    Layout.fillWidth: true
                    notice: page.screen.notice
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: false
                Layout.preferredWidth: 3
                Layout.alignment: Qt.AlignTop
                visible: page.screen.priorities.length > 0
                spacing: Look.px(12)

                Words {
                    Layout.fillWidth: true
                    text: kiosk.t.confirm_priority
                    font.pixelSize: Look.strong
                    font.bold: true
                }
                Words {
                    Layout.fillWidth: true
                    text: kiosk.t.confirm_priority_hint
                    font.pixelSize: Look.letters(28)
                    color: Look.quiet
                }
                GridLayout {
                    Layout.fillWidth: true
                    columns: Look.compact && page.width < Look.px(1400) ? 1 : 2
                    columnSpacing: Look.gap
                    rowSpacing: Look.px(Look.compact ? 12 : 16)

                    Repeater {
                        model: page.screen.priorities.length

                        PriorityBox {
                            required property int index

                            Layout.fillWidth: true
                            Layout.fillHeight: true
                            Layout.preferredWidth: 1
                            choice: page.screen.priorities[index] || Look.blank
                        }
                    }
                }
            }
        }
    }
    BigButton {
        Layout.fillWidth: true
        implicitHeight: Look.px(Look.compact ? 120 : 168)
        button: "confirm"
        primary: true
        icon: "ticket"
        label: page.screen.confirm
        letters: Look.title
    }
}
