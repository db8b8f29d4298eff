import { connect, element, timeOfDay } from "./page.js";

const MOST_TOASTS = 100;

const form = document.getElementById("post");
const textField = document.getElementById("text");
const error = document.getElementById("error");
const toasts = document.getElementById("toasts");
const clearButton = document.getElementById("clear");

function changed() {
	document.getElementById("empty").hidden = toasts.childElementCount > 0;
	clearButton.hidden = toasts.childElementCount === 0;
}

async function post(text) {
	const response = await fetch("notifications", {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ text })
	});
	if (!response.ok) {
		throw new Error(`The server answered ${response.status}.`);
	}
}

form.addEventListener("submit", async (event) => {
	event.preventDefault();
	error.hidden = true;
	try {
		await post(textField.value);
		textField.value = "";
	}
	catch (failure) {
		error.textContent = `Not sent. ${failure.message}`;
		error.hidden = false;
	}
});

clearButton.addEventListener("click", () => {
	toasts.replaceChildren();
	changed();
});

document.getElementById("command").textContent =
	`curl -H 'Content-Type: application/json' \\\n  -d '{"text": "Hello"}' \\\n  ${new URL("notifications", location.href)}`;

connect(() => "ws/notifications", ({ text, at }) => {
	toasts.prepend(element("li", "card toast", element("p", "", text), timeOfDay(at)));
	if (toasts.childElementCount > MOST_TOASTS) {
		toasts.lastElementChild.remove();
	}
	changed();
});
