import QtQuick
import QtQuick.Layouts

// A paper that was scanned and is no dossier: what it is, and what can be done with it.
ColumnLayout {
    id: page

    required property var screen

    spacing: Look.gap

    PageTitle {
        Layout.fillWidth: true
        text: kiosk.t.scanned_title
    }
    ScrollPane {
        Layout.fillWidth: true
        Layout.fillHeight: true

        Rectangle {
            Layout.fillWidth: true
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
                    visible: text !== ""
                    text: page.screen.code
                    // The longest code of a dossier stands on one line of the narrowest glass.
                    font.pixelSize: Look.letters(text.length > 16 ? 40 : 64)
                    font.bold: true
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
                FactList {
                    Layout.fillWidth: true
                    visible: page.screen.facts.length > 0
                    facts: page.screen.facts
                }
            }
        }
    }
    BigButton {
        Layout.fillWidth: true
        visible: page.screen.label !== ""
        button: page.screen.button || ""
        primary: true
        label: page.screen.label
    }
}
