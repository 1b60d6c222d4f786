// Time as people in the hall read it: the hub's time (local + offset), in Vietnam's zone, whatever the TV believes.

const ZONE = "Asia/Ho_Chi_Minh";
const time = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  weekday: "short",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
});
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

// Milliseconds that only go forward, whatever somebody does to the machine's clock.
export function monotonic() {
  return performance.now();
}

export function hourAndMinute(hubTime) {
  return time.format(hubTime);
}

export function dayLine(hubTime, words) {
  const part = Object.fromEntries(parts.formatToParts(hubTime).map(({ type, value }) => [type, value]));
  return `${words.weekdays[weekdays.indexOf(part.weekday)]}, ${part.day}/${part.month}/${part.year}`;
}
