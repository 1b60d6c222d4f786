import QtQuick

// The headline of a page.
Words {
    font.pixelSize: Look.title
    font.bold: true
    Accessible.role: Accessible.Heading
}
