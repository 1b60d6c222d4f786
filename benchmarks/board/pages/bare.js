// The least a page can do: write what a websocket says into one text node. `painted` as in observer.js: the
// task after the animation frame that shows the text.
(url) => {
  const painted = {};
  const node = document.body.appendChild(document.createElement("h1"));
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    painted[data] = { at: performance.timeOrigin + performance.now() };
  };
  const socket = new WebSocket(url);
  socket.onmessage = ({ data }) => {
    node.textContent = data;
    requestAnimationFrame(() => channel.port2.postMessage(data));
  };
  window.bench = { painted };
  return new Promise((resolve) => {
    socket.onopen = () => resolve(true);
  });
}
