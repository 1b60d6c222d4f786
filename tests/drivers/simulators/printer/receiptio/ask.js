// Asks the printer at a loopback port how it is, or prints a slip on it, with receiptio; says its verdict.
// usage: node ask.js PORT [MARKDOWN]

const net = require('net');
const connect = net.connect;
// receiptio knows port 9100 alone, and waits 12 s before it calls a printer offline: here a tenth of its patience.
net.connect = (_port, host) => connect(Number(process.argv[2]), host);
const wait = globalThis.setTimeout;
globalThis.setTimeout = (then, milliseconds, ...more) => wait(then, milliseconds / 10, ...more);

const receiptio = require('receiptio');
const markdown = process.argv[3];
const asked = markdown
  ? receiptio.print(markdown, '-d 127.0.0.1 -c 48')
  : receiptio.print('', '-d 127.0.0.1 -q');
asked.then((verdict) => {
  process.stdout.write(verdict + '\n', () => process.exit(0));
});
