import QtQuick
import QtQuick.Layouts

// A kiosk that the hub does not know: the code to type in the console, and what the technician does.
ColumnLayout {
    id: enrol

    required property var screen

    spacing: Look.px(Look.compact ? 32 : 40)

    Item {
        Layout.fillHeight: true
        Layout.preferredHeight: 1
    }
    NoticeStrip {
        Layout.fillWidth: true
        notice: enrol.screen.notice
    }
    PageTitle {
        Layout.fillWidth: true
        text: enrol.screen.title
        font.pixelSize: Look.letters(Look.compact ? 44 : 60)
        horizontalAlignment: Text.AlignHCenter
    }
    GridLayout {
        Layout.fillWidth: true
        columns: Look.compact && enrol.screen.steps.length > 0 ? 2 : 1
        columnSpacing: Look.margin
        rowSpacing: Look.px(48)

        Rectangle {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: 1
            implicitHeight: inside.implicitHeight + Look.px(Look.compact ? 48 : 96)
            radius: Look.radius
            color: Look.card
            border.width: Look.px(2)
            border.color: Look.line

            ColumnLayout {
                id: inside
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.margins: Look.margin
                spacing: Look.px(12)

                Words {
                    objectName: "enrol-code"
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: enrol.screen.code
                    color: Look.accent
                    font.pixelSize: Look.px(Look.compact ? 90 : 150)
                    font.bold: true
                    fontSizeMode: Text.HorizontalFit
                    wrapMode: Text.NoWrap
                    horizontalAlignment: Text.AlignHCenter
                }
                Words {
                    Layout.fillWidth: true
                    text: enrol.screen.remaining
                    color: Look.quiet
                    font.pixelSize: Look.letters(Look.compact ? 32 : 40)
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            visible: enrol.screen.steps.length > 0
            spacing: Look.px(Look.compact ? 20 : 28)

            Repeater {
                model: enrol.screen.steps

                RowLayout {
                    id: step

                    required property int index
                    required property string modelData

                    Layout.fillWidth: true
                    spacing: Look.px(28)

                    Rectangle {
                        Layout.alignment: Qt.AlignTop
                        implicitWidth: Look.px(64)
                        implicitHeight: Look.px(64)
                        radius: width / 2
                        color: Look.accent

                        Words {
                            anchors.centerIn: parent
                            text: step.index + 1
                            color: Look.accentInk
                            font.bold: true
                            font.pixelSize: Look.px(34)
                        }
                    }
                    Words {
                        Layout.fillWidth: true
                        text: step.modelData
                        font.pixelSize: Look.letters(Look.compact ? 28 : 38)
                    }
                }
            }
        }
    }
    Item {
        Layout.fillHeight: true
        Layout.preferredHeight: 1
    }
}
