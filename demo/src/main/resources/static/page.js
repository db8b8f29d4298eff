// Code that the pages share: a WebSocket that reconnects, and elements whose content is
// always plain text.

const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;
const STABLE_AFTER = 5_000;

/**
 * Opens a WebSocket, and opens it again whenever it is lost. The first retry is soon, later retries are less frequent. Shows the state in the status of the page.
 * @param path returns the path, which may have a query. Called each time
 * @param onMessage called with each parsed message
 * @param onOpen called with true when it opens and false when it is lost
 * @returns a function that sends a value, and a function that closes without reconnecting
 */
export function connect(path, onMessage, onOpen = () => {}) {
	const status = document.getElementById("status");
	let socket, timer, opened, attempts = 0, finished = false;

	function show(state, text) {
		status.dataset.state = state;
		status.textContent = text;
	}

	function open() {
		clearTimeout(timer);
		show("connecting", "Connecting…");
		opened = Infinity;
		const url = new URL(path(), location.href);
		url.protocol = url.protocol.replace("http", "ws");
		socket = new WebSocket(url);
		socket.onopen = () => {
			opened = Date.now();
			show("open", "Connected");
			onOpen(true);
		};
		socket.onmessage = (event) => onMessage(JSON.parse(event.data));
		socket.onclose = lost;
	}

	function lost() {
		onOpen(false);
		attempts = (Date.now() - opened > STABLE_AFTER) ? 0 : attempts + 1;
		// Random, so that not all pages reconnect at once after a restart of the server
		const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempts) * (0.5 + Math.random() / 2);
		show("waiting", navigator.onLine ? "Reconnecting…" : "Offline");
		timer = setTimeout(open, delay);
	}

	function openNow() {
		if (!finished && socket.readyState === WebSocket.CLOSED) {
			attempts = 0;
			open();
		}
	}

	addEventListener("online", openNow);
	open();
	return {
		send(value) {
			socket.send(JSON.stringify(value));
		},
		close() {
			finished = true;
			clearTimeout(timer);
			socket.onopen = socket.onmessage = socket.onclose = null;
			socket.close();
			removeEventListener("online", openNow);
		}
	};
}

/** Creates an element with text or children. */
export function element(name, className, ...content) {
	const created = document.createElement(name);
	created.className = className;
	created.append(...content);
	return created;
}

/** Creates a time element that shows the time of day. */
export function timeOfDay(instant) {
	const date = new Date(instant);
	const created = element("time", "", date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
	created.dateTime = date.toISOString();
	return created;
}
