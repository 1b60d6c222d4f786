"""The hall board: a web page, the small server that serves it on the loopback, and the browser that shows it."""
