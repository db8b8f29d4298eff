import { connect, element, timeOfDay } from "./page.js";

const MOST_MESSAGES = 500;

const entry = document.getElementById("entry");
const nameField = document.getElementById("name");
const roomField = document.getElementById("room");
const messages = document.getElementById("messages");
const composer = document.getElementById("composer");
const textField = document.getElementById("text");
const sendButton = document.getElementById("send");

let socket, name, room;

function enter() {
	name = nameField.value.trim();
	room = roomField.value.trim();
	sessionStorage.setItem("name", name);
	const address = `chat.html?room=${encodeURIComponent(room)}`;
	history.replaceState(null, "", address);
	document.getElementById("another").href = address;
	document.getElementById("title").textContent = room;
	document.title = `${room} · Nexios WS Demo`;
	messages.replaceChildren();
	sendButton.disabled = true;
	socket?.close();
	socket = connect(`ws/chat/${encodeURIComponent(room)}?name=${encodeURIComponent(name)}`, show,
		(open) => sendButton.disabled = !open);
}

function show({ from, text, at }) {
	const following = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80;
	messages.append(from ? message(from, text, at) : element("li", "notice", text));
	if (messages.childElementCount > MOST_MESSAGES) {
		messages.firstElementChild.remove();
	}
	if (following) {
		messages.scrollTop = messages.scrollHeight;
	}
}

function message(from, text, at) {
	const created = element("li", "message", avatar(from),
		element("div", "byline", element("strong", "", from), timeOfDay(at)),
		element("div", "bubble", text));
	created.dataset.from = from;
	created.classList.toggle("own", from === name);
	created.classList.toggle("more", messages.lastElementChild?.dataset.from === from);
	return created;
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

entry.addEventListener("submit", (event) => {
	event.preventDefault();
	enter();
	textField.focus();
});

composer.addEventListener("submit", (event) => {
	event.preventDefault();
	const text = textField.value.trim();
	if (text && !sendButton.disabled) {
		socket.send({ text });
		textField.value = "";
	}
});

nameField.value = sessionStorage.getItem("name") || anyName();
roomField.value = new URLSearchParams(location.search).get("room")?.trim() || "lobby";
enter();
