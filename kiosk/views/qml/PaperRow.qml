import QtQuick
import QtQuick.Layouts

// A paper to bring, with a box to tick in one's mind.
ColumnLayout {
    id: row

    property var paper: ({})

    spacing: Look.px(12)

    Words {
        Layout.fillWidth: true
        visible: text !== ""
        text: row.paper.heading
        font.pixelSize: Look.body
        font.bold: true
        color: Look.accent
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Look.px(24)

        Rectangle {
            opacity: row.paper.remark ? 0 : 1
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Look.px(8)
            implicitWidth: Look.px(34)
            implicitHeight: Look.px(34)
            radius: Look.px(8)
            color: "transparent"
            border.width: Look.px(3)
            border.color: Look.quiet
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Words {
                Layout.fillWidth: true
                text: row.paper.name
            }
            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: row.paper.note
                font.pixelSize: Look.small
                font.bold: true
                color: Look.quiet
            }
        }
    }
}
