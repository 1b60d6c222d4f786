import QtQuick
import QtQuick.Layouts

// One procedure as published; below it the two things to do with it.
ColumnLayout {
    id: page

    required property var screen

    spacing: Look.gap

    ScrollPane {
        Layout.fillWidth: true
        Layout.fillHeight: true

        PageTitle {
            Layout.fillWidth: true
            text: page.screen.name
            font.pixelSize: Look.letters(text.length > 160 ? 40 : 56)
            color: Look.accent
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: facts.implicitHeight + Look.px(56)
            radius: Look.radius
            color: Look.card
            border.width: Look.px(2)
            border.color: Look.line

            FactList {
                id: facts
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.margins: Look.px(32)
                anchors.verticalCenter: parent.verticalCenter
                facts: page.screen.facts
            }
        }
        Words {
            Layout.fillWidth: true
            Layout.topMargin: Look.px(12)
            text: kiosk.t.procedure_papers
            font.pixelSize: Look.strong
            font.bold: true
            Accessible.role: Accessible.Heading
        }
        Words {
            Layout.fillWidth: true
            visible: page.screen.papers.length === 0
            text: kiosk.t.procedure_not_published
            color: Look.quiet
        }
        Repeater {
            model: page.screen.papers.length

            PaperRow {
                required property int index

                Layout.fillWidth: true
                paper: page.screen.papers[index] || Look.blank
            }
        }
    }
    NoticeStrip {
        Layout.fillWidth: true
        notice: page.screen.notice
    }
    GridLayout {
        Layout.fillWidth: true
        columns: page.width > page.height ? 2 : 1
        columnSpacing: Look.gap
        rowSpacing: Look.px(16)

        BigButton {
            Layout.fillWidth: true
            visible: page.screen.print_list !== ""
            button: "print_list"
            icon: "printer"
            label: page.screen.print_list
            letters: Look.letters(40)
        }
        BigButton {
            Layout.fillWidth: true
            visible: page.screen.take !== ""
            button: "take"
            icon: "ticket"
            primary: true
            label: page.screen.take
            letters: Look.letters(40)
        }
    }
}
