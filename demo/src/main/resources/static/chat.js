import { connect, element, timeOfDay } from "./page.js";

const MOST_MESSAGES = 500;
const MOST_OWN_IDS = 50;
const TYPING_SENT_EVERY = 2_000;
const TYPING_SHOWN = 4_000;

const entry = document.getElementById("entry");
const nameField = document.getElementById("name");
const roomField = document.getElementById("room");
const messages = document.getElementById("messages");
const composer = document.getElementById("composer");
const textField = document.getElementById("text");
const sendButton = document.getElementById("send");

const here = new Map();
const typing = new Map();
const ownIds = JSON.parse(sessionStorage.getItem("ids")) ?? [];
const positions = new Map();

let socket, connected, me, recipient, typingSent = 0, following = true;

function enter() {
	const name = nameField.value.trim();
	const room = roomField.value.trim();
	sessionStorage.setItem("name", name);
	const address = `chat.html?room=${encodeURIComponent(room)}`;
	history.replaceState(null, "", address);
	document.getElementById("another").href = address;
	document.getElementById("title").textContent = room;
	document.title = `${room} · Nexios WS Demo`;
	messages.replaceChildren();
	positions.clear();
	following = true;
	socket?.close();
	writeTo(null);
	opened(false);
	socket = connect(() => `ws/chat/${encodeURIComponent(room)}?${query(name, room)}`,
		(event) => event.group ? inGroup(event) : receivers[event.type]?.(event), opened);
}

/** The name, and where this page is in the groups of the room and of its user. */
function query(name, room) {
	const position = positions.get(`chat:${room}`);
	const own = positions.get(`chat:${room}:user:${name}`);
	return `name=${encodeURIComponent(name)}` + (position ? `&position=${position}` : "") + (own ? `&own=${own}` : "");
}

/** Handles a message of a group, and keeps its position for the next connection. */
function inGroup({ group, data, joined, lost, position }) {
	if (joined && joined.recovery !== "RECOVERED" && !group.includes(":user:")) {
		// The history of the room follows
		messages.replaceChildren();
		if (joined.recovery === "NOT_RECOVERED") {
			add(element("li", "notice", "The server cannot go on where you were: the room starts anew"));
		}
	}
	if (lost) {
		add(element("li", "notice", "Some messages are missing"));
	}
	if (position) {
		positions.set(group, position);
	}
	receivers[data?.type]?.(data);
}

function opened(open) {
	connected = open;
	typingSent = 0;
	here.clear();
	typing.forEach((timer) => clearTimeout(timer));
	typing.clear();
	showHere();
	showTyping();
}

/** Handlers for the messages of the server, by type. */
const receivers = {

	welcome({ you, here: members }) {
		me = you;
		// The server identifies a page by its connection, so after reconnects the page's
		// own messages have several senders
		ownIds.push(me.id);
		sessionStorage.setItem("ids", JSON.stringify(ownIds.slice(-MOST_OWN_IDS)));
		here.clear();
		members.forEach((member) => here.set(member.id, member));
		showHere();
	},

	joined({ member }) {
		here.set(member.id, member);
		showHere();
		add(element("li", "notice", `${member.name} joined`));
	},

	left({ member }) {
		here.delete(member.id);
		showHere();
		stopped(member.id);
		add(element("li", "notice", `${member.name} left`));
	},

	message({ from, text, at }) {
		stopped(from.id);
		add(message(from, null, text, at));
	},

	private({ from, to, text, at }) {
		add(message(from, to, text, at));
	},

	undelivered({ text }) {
		add(element("li", "notice", `The recipient has left and cannot read “${text}”`));
	},

	unsent({ text, perhaps }) {
		add(element("li", "notice", perhaps ? `Perhaps nobody can read “${text}”: the server got no answer`
			: `Not sent: “${text}”. Please try again later`));
	},

	typing({ from }) {
		clearTimeout(typing.get(from.id));
		typing.set(from.id, setTimeout(() => stopped(from.id), TYPING_SHOWN));
		showTyping();
	}

};

function add(item) {
	messages.append(item);
	if (messages.childElementCount > MOST_MESSAGES) {
		messages.firstElementChild.remove();
	}
	follow();
}

function follow() {
	if (following) {
		messages.scrollTop = messages.scrollHeight;
	}
}

function message(from, to, text, at) {
	const own = ownIds.includes(from.id);
	const byline = element("div", "byline", element("strong", "", from.name), timeOfDay(at));
	if (to) {
		byline.lastElementChild.before(element("span", "mark", own ? `Only to ${to.name}` : "Only to you"));
	}
	const created = element("li", "message", avatar(from.name), byline, element("div", "bubble", text));
	created.dataset.series = `${from.id} ${to?.id}`;
	created.classList.toggle("own", own);
	created.classList.toggle("private", Boolean(to));
	created.classList.toggle("more", messages.lastElementChild?.dataset.series === created.dataset.series);
	return created;
}

function showHere() {
	const members = [...here.values()].sort((one, other) =>
		(one.id === me?.id) - (other.id === me?.id) || one.name.localeCompare(other.name));
	document.getElementById("here").replaceChildren(...members.map(person));
	showRecipient();
}

function person({ id, name }) {
	if (id === me?.id) {
		return element("li", "person", avatar(name), element("span", "person-name", name), element("small", "", "you"));
	}
	const button = element("button", "person", avatar(name), element("span", "person-name", name));
	button.title = `Write to ${name} only`;
	button.addEventListener("click", () => {
		writeTo({ id, name });
		textField.focus();
	});
	return element("li", "", button);
}

/** Sets the recipient of what is written: one member, or everyone if null. */
function writeTo(member) {
	recipient = member;
	showRecipient();
}

function showRecipient() {
	const gone = recipient && !here.has(recipient.id);
	document.getElementById("recipient").hidden = !recipient;
	document.getElementById("recipient-text").textContent =
		gone ? `${recipient.name} is not here any more` : `Only to ${recipient?.name}`;
	// Do not send it to everyone instead, unless the user chooses that
	sendButton.disabled = !connected || gone;
}

function stopped(id) {
	clearTimeout(typing.get(id));
	typing.delete(id);
	showTyping();
}

function showTyping() {
	const names = [...typing.keys()].filter((id) => here.has(id)).map((id) => here.get(id).name);
	document.getElementById("typing").textContent = (names.length > 2) ? "Several people are typing…"
		: (names.length > 0) ? `${names.join(" and ")} ${names.length > 1 ? "are" : "is"} typing…` : "";
}

function avatar(from) {
	const created = element("span", "avatar", from.split(/\s+/, 2).map((word) => [...word][0]).join("").toUpperCase());
	const hue = [...from].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 0);
	created.style.setProperty("--hue", hue);
	created.ariaHidden = "true";
	return created;
}

function anyName() {
	const first = ["Amber", "Brisk", "Calm", "Clever", "Dapper", "Early", "Gentle", "Lucky", "Merry", "Quiet"];
	const last = ["Badger", "Crane", "Finch", "Fox", "Hare", "Heron", "Lynx", "Otter", "Owl", "Wren"];
	const any = (words) => words[Math.floor(Math.random() * words.length)];
	return `${any(first)} ${any(last)}`;
}

messages.addEventListener("scroll", () =>
	following = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80);
new ResizeObserver(follow).observe(messages);

entry.addEventListener("submit", (event) => {
	event.preventDefault();
	enter();
	textField.focus();
});

composer.addEventListener("submit", (event) => {
	event.preventDefault();
	const text = textField.value.trim();
	if (text && !sendButton.disabled) {
		socket.send(recipient ? { type: "private", to: recipient.id, text } : { type: "message", text });
		textField.value = "";
		typingSent = 0;
	}
});

textField.addEventListener("input", () => {
	if (connected && !recipient && textField.value && Date.now() - typingSent > TYPING_SENT_EVERY) {
		typingSent = Date.now();
		socket.send({ type: "typing" });
	}
});

document.getElementById("everyone").addEventListener("click", () => {
	writeTo(null);
	textField.focus();
});

nameField.value = sessionStorage.getItem("name") || anyName();
roomField.value = new URLSearchParams(location.search).get("room")?.trim() || "lobby";
enter();
