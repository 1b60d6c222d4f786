import QtQuick
import QtQuick.Layouts

// All services as large buttons.
ColumnLayout {
    id: page

    required property var screen
    readonly property bool upright: height > width
    readonly property bool few: screen.tiles.length <= 6

    spacing: Look.gap

    PageTitle {
        Layout.fillWidth: true
        text: kiosk.t.services_title
    }
    NoticeStrip {
        Layout.fillWidth: true
        notice: page.screen.notice
    }
    ScrollPane {
        Layout.fillWidth: true
        Layout.fillHeight: true

        GridLayout {
            Layout.fillWidth: true
            columns: page.upright ? (page.few ? 1 : 2)
                                  : (page.few || page.width < Look.px(1500) ? 2 : 3)
            columnSpacing: Look.gap
            rowSpacing: Look.gap

            Repeater {
                // Counted, not given: a change of the floor must not replace the tile under a finger.
                model: page.screen.tiles.length

                ServiceTile {
                    required property int index

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: 1
                    tile: page.screen.tiles[index] || Look.blank
                    roomy: page.few
                }
            }
        }
    }
}
