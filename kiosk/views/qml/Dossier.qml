import QtQuick
import QtQuick.Layouts

// Dossier status: a code to type or scan, or what is known of it.
ColumnLayout {
    id: page

    required property var screen
    readonly property bool found: screen.stage === "found"

    spacing: Look.gap

    PageTitle {
        Layout.fillWidth: true
        visible: !Look.compact || page.found
        text: kiosk.t.dossier_title
    }
    ScrollPane {
        Layout.fillWidth: true
        Layout.fillHeight: true

        NoticeStrip {
            Layout.fillWidth: true
            visible: !page.found && page.screen.notice.text !== ""
            notice: page.screen.notice
        }
        AimPanel {
            Layout.alignment: Qt.AlignHCenter
            visible: page.screen.preview && !Look.compact
            implicitWidth: Look.px(808)
            implicitHeight: Look.px(458)
        }
        Rectangle {
            Layout.fillWidth: true
            visible: page.found
            implicitHeight: card.implicitHeight + Look.px(72)
            radius: Look.px(30)
            color: Look.card
            border.width: Look.px(2)
            border.color: Look.line

            ColumnLayout {
                id: card
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.margins: Look.margin
                anchors.verticalCenter: parent.verticalCenter
                spacing: Look.gap

                Words {
                    Layout.fillWidth: true
                    text: page.screen.code
                    color: Look.quiet
                    wrapMode: Text.WrapAnywhere
                }
                PageTitle {
                    Layout.fillWidth: true
                    text: page.screen.headline
                    color: Look.accent
                }
                NoticeStrip {
                    Layout.fillWidth: true
                    notice: page.screen.notice
                }
                Words {
                    Layout.fillWidth: true
                    text: page.screen.procedure
                    font.bold: true
                }
                FactList {
                    Layout.fillWidth: true
                    facts: page.screen.facts
                }
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.fillHeight: false
        visible: !page.found
        spacing: Look.gap

        TypedLine {
            Layout.fillWidth: true
            icon: "barcode"
            text: page.screen.code
            prompt: kiosk.t.dossier_prompt
        }
        BigButton {
            Layout.fillHeight: true
            visible: Look.compact
            button: "look_up"
            primary: true
            icon: "find"
            label: kiosk.t.dossier_look_up
        }
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.fillHeight: false
        visible: !page.found
        spacing: Look.margin

        OnScreenKeyboard {
            Layout.fillWidth: true
            codes: true
        }
        // A narrow, low glass has no room beside its keys.
        AimPanel {
            visible: page.screen.preview && Look.compact && page.width > Look.px(1500)
            implicitWidth: Look.px(648)
            implicitHeight: Look.px(368)
        }
    }
    BigButton {
        Layout.fillWidth: true
        visible: !page.found && !Look.compact
        button: "look_up"
        primary: true
        icon: "find"
        label: kiosk.t.dossier_look_up
    }
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: false
        visible: page.found
        columns: Look.compact ? 2 : 1
        columnSpacing: Look.gap
        rowSpacing: Look.gap

        BigButton {
            Layout.fillWidth: true
            visible: page.screen.take !== ""
            button: "take"
            primary: true
            icon: "ticket"
            label: page.screen.take
        }
        BigButton {
            Layout.fillWidth: true
            button: "again"
            label: kiosk.t.dossier_again
        }
    }
}
