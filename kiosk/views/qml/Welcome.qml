import QtQuick
import QtQuick.Layouts

// The first page: what do you need?
ColumnLayout {
    id: page

    required property var screen
    readonly property bool beside: screen.preview && Look.compact
    readonly property bool dense: beside && width < Look.px(1500)
    readonly property bool upright: !beside && width > height * 1.8

    spacing: Look.gap

    PageTitle {
        Layout.fillWidth: true
        text: kiosk.t.welcome_title
        font.pixelSize: Look.letters(Look.compact ? 60 : 72)
        horizontalAlignment: Text.AlignHCenter
    }
    NoticeStrip {
        Layout.fillWidth: true
        notice: page.screen.notice
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumHeight: page.upright ? Look.px(620) : Look.px(1080)
        spacing: Look.margin

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: page.upright ? 3 : 1
            columnSpacing: Look.gap
            rowSpacing: Look.compact ? Look.gap : Look.px(32)
            uniformCellWidths: true
            uniformCellHeights: true

            ChoiceCard {
                Layout.fillWidth: true
                Layout.fillHeight: true
                button: "services"
                icon: "ticket"
                primary: true
                upright: page.upright
                dense: page.dense
                label: kiosk.t.welcome_take
                hint: kiosk.t.welcome_take_hint
            }
            ChoiceCard {
                Layout.fillWidth: true
                Layout.fillHeight: true
                button: "find"
                icon: "find"
                upright: page.upright
                dense: page.dense
                label: kiosk.t.welcome_find
                hint: kiosk.t.welcome_find_hint
            }
            ChoiceCard {
                Layout.fillWidth: true
                Layout.fillHeight: true
                button: "dossier"
                icon: "dossier"
                upright: page.upright
                dense: page.dense
                label: kiosk.t.welcome_dossier
                hint: kiosk.t.welcome_dossier_hint
            }
        }
        ColumnLayout {
            Layout.fillWidth: false
            Layout.preferredWidth: aim.implicitWidth
            visible: page.beside
            spacing: Look.gap

            AimPanel {
                id: aim
                implicitWidth: page.dense ? Look.px(424) : Look.px(648)
                implicitHeight: page.dense ? Look.px(242) : Look.px(368)
            }
            Words {
                Layout.fillWidth: true
                text: page.screen.scan_hint
                color: Look.quiet
            }
        }
    }
    Item {
        Layout.fillHeight: true
        visible: !Look.compact
    }
    RowLayout {
        Layout.fillWidth: true
        visible: page.screen.scan_hint !== "" && !page.beside && !(Look.compact && (Look.large || page.screen.notice.text !== ""))
        spacing: Look.gap

        AimPanel {
            visible: page.screen.preview
        }
        Icon {
            visible: !page.screen.preview
            name: "barcode"
            size: Look.px(64)
            color: Look.accent
        }
        Words {
            Layout.fillWidth: true
            text: page.screen.scan_hint
            color: Look.quiet
        }
    }
}
