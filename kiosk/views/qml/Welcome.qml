import QtQuick
import QtQuick.Layouts

// The first page: what do you need?
ColumnLayout {
    id: page

    required property var screen
    readonly property bool upright: width > height * 1.8

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
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumHeight: page.upright ? Look.px(620) : Look.px(1080)
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
            label: kiosk.t.welcome_take
            hint: kiosk.t.welcome_take_hint
        }
        ChoiceCard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            button: "find"
            icon: "find"
            upright: page.upright
            label: kiosk.t.welcome_find
            hint: kiosk.t.welcome_find_hint
        }
        ChoiceCard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            button: "dossier"
            icon: "dossier"
            upright: page.upright
            label: kiosk.t.welcome_dossier
            hint: kiosk.t.welcome_dossier_hint
        }
    }
    Item {
        Layout.fillHeight: true
        visible: !Look.compact
    }
    RowLayout {
        Layout.fillWidth: true
        visible: page.screen.scan_hint !== "" && !(Look.compact && (Look.large || page.screen.notice.text !== ""))
        spacing: Look.gap

        Icon {
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
