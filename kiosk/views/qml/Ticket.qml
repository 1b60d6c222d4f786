import QtQuick
import QtQuick.Layouts

// The number, as large as the glass allows, and what became of its slip.
ColumnLayout {
    id: page

    required property var screen

    function hexOf(text) {
        return Array.from(text, letter => letter.charCodeAt(0).toString(16).padStart(4, "0")).join("");
    }

    spacing: Look.compact ? Look.gap : Look.px(28)

    Rectangle {
        Layout.fillWidth: true
        Layout.fillHeight: true
        implicitHeight: ticket.implicitHeight + Look.px(40)
        radius: Look.px(30)
        color: Look.card
        border.width: Look.px(Look.dark ? 4 : 2)
        border.color: Look.line

        ColumnLayout {
            id: ticket
            anchors.fill: parent
            anchors.leftMargin: Look.margin
            anchors.rightMargin: Look.margin
            anchors.topMargin: Look.px(Look.compact ? 12 : 20)
            anchors.bottomMargin: Look.px(Look.compact ? 12 : 20)
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                Layout.fillHeight: false
                spacing: Look.px(48)

                PageTitle {
                    Layout.fillWidth: true
                    text: kiosk.t.ticket_title
                    font.pixelSize: Look.letters(Look.compact ? 44 : 56)
                    color: Look.quiet
                    horizontalAlignment: Look.compact ? Text.AlignLeft : Text.AlignHCenter
                }
                Words {
                    visible: Look.compact && text !== ""
                    text: page.screen.priority
                    color: Look.accent
                }
            }
            RowLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                spacing: Look.px(48)

                Words {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: 6
                    Layout.preferredHeight: Look.px(Look.compact ? 240 : 420)
                    Layout.minimumHeight: Look.px(130)
                    text: page.screen.number
                    font.pixelSize: Look.px(Look.compact ? 240 : 330)
                    font.bold: true
                    font.letterSpacing: Look.px(6)
                    fontSizeMode: Text.Fit
                    minimumPixelSize: Look.px(100)
                    wrapMode: Text.NoWrap
                    color: Look.accent
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    Accessible.role: Accessible.Heading
                }
                Image {
                    objectName: "ticket-qr"
                    Layout.preferredWidth: height
                    Layout.fillHeight: true
                    Layout.minimumHeight: Look.px(130)
                    Layout.preferredHeight: Look.px(Look.compact ? 230 : 340)
                    Layout.maximumHeight: Look.px(Look.compact ? 260 : 380)
                    Layout.alignment: Qt.AlignVCenter
                    visible: page.screen.qr !== ""
                    sourceSize: Qt.size(Math.floor(height), Math.floor(height))
                    fillMode: Image.Pad
                    smooth: false
                    source: page.screen.qr && height > 0 ? "image://qr/" + page.hexOf(page.screen.qr) : ""
                    Accessible.role: Accessible.Graphic
                    Accessible.name: kiosk.t.ticket_qr
                }
                FactList {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 5
                    Layout.alignment: Qt.AlignVCenter
                    visible: Look.compact && page.screen.qr === ""
                    facts: page.screen.facts
                    share: 0.5
                }
            }
            Words {
                Layout.fillWidth: true
                text: page.screen.service
                font.pixelSize: Look.letters(Look.compact ? 36 : 46)
                font.bold: true
                horizontalAlignment: Look.compact ? Text.AlignLeft : Text.AlignHCenter
            }
            Words {
                Layout.fillWidth: true
                visible: !Look.compact && text !== ""
                text: page.screen.priority
                color: Look.accent
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
    FactRow {
        Layout.fillWidth: true
        visible: !Look.compact && page.screen.facts.length > 0
        facts: page.screen.facts
        letters: Look.letters(44)
    }
    NoticeStrip {
        Layout.fillWidth: true
        notice: page.screen.notice
    }
    GridLayout {
        Layout.fillWidth: true
        columns: Look.compact ? 2 : 1
        columnSpacing: Look.gap
        rowSpacing: Look.px(28)

        SlipPanel {
            Layout.fillWidth: true
            Layout.fillHeight: true
            screen: page.screen
        }
        BigButton {
            Layout.fillWidth: !Look.compact
            Layout.fillHeight: true
            implicitHeight: Look.px(Look.compact ? 112 : 132)
            button: "done"
            label: kiosk.t.ticket_done
        }
    }
}
