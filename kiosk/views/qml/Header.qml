import QtQuick
import QtQuick.Layouts

// Whose hall this is, and the hub's time; without the hub there is no time.
Rectangle {
    id: header

    property var frame: ({})

    implicitHeight: row.implicitHeight + Look.px(Look.compact ? 24 : 36)
    color: Look.band

    RowLayout {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Look.margin
        anchors.rightMargin: Look.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Look.margin

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                spacing: Look.margin

                Words {
                    visible: text !== ""
                    text: header.frame.authority
                    font.pixelSize: Look.letters(28)
                    color: Look.bandInk
                }
                Words {
                    Layout.fillWidth: true
                    visible: Look.compact && text !== ""
                    text: header.frame.hotline
                    font.pixelSize: Look.letters(28)
                    color: Look.bandInk
                }
            }
            Words {
                Layout.fillWidth: true
                text: header.frame.centre
                font.pixelSize: Look.letters(38)
                font.bold: true
                color: Look.bandInk
                Accessible.role: Accessible.Heading
            }
            Words {
                Layout.fillWidth: true
                visible: !Look.compact && text !== ""
                text: header.frame.hotline
                font.pixelSize: Look.letters(28)
                color: Look.bandInk
            }
        }
        GridLayout {
            visible: header.frame.time !== ""
            // It keeps its place, and leaves it to the mark of a read code for a moment.
            opacity: header.frame.code_read ? 0 : 1
            columns: Look.compact ? 2 : 1
            columnSpacing: Look.gap
            rowSpacing: 0

            Words {
                Layout.alignment: Qt.AlignRight | Qt.AlignVCenter
                text: header.frame.time
                font.pixelSize: Look.letters(64)
                font.bold: true
                color: Look.bandInk
            }
            Words {
                Layout.alignment: Qt.AlignRight | Qt.AlignVCenter
                text: header.frame.date
                font.pixelSize: Look.letters(28)
                color: Look.bandInk
            }
        }
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Look.px(6)
        color: Look.dark ? Look.accent : "#E3B34C"
    }
}
