import { connect, element } from "./page.js";

const SHOWN = 60_000;
const GAP = 3_000;

const megabytes = (bytes) => `${Math.round(bytes / 1048576)} MB`;
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const whole = (number) => String(number);

/** A line of the last minute in SVG. x is in seconds. y is in percent of the scale, from top to bottom. */
class Chart {

	#points = [];
	#root;
	#format;
	#top;
	#value;
	#note;
	#svg;
	#area;
	#line;
	#dot = element("span", "dot");
	#scales = [element("span", "scale"), element("span", "scale")];

	constructor(id, format, top) {
		this.#root = document.getElementById(id);
		this.#format = format;
		this.#top = top;
		this.#value = this.#root.querySelector(".value");
		this.#note = this.#root.querySelector(".note");
		this.#svg = shape("svg", { viewBox: "0 0 60 100", preserveAspectRatio: "none", "aria-hidden": "true" });
		this.#area = shape("path", { class: "area" });
		this.#line = shape("path", { class: "line" });
		this.#svg.append(shape("path", { class: "grid", d: "M0 0H60M0 50H60M0 100H60" }), this.#area, this.#line);
		this.#dot.hidden = true;
		this.#scales.forEach((scale, index) => scale.style.top = `${index * 50}%`);
		this.#root.querySelector(".plot").append(this.#svg, ...this.#scales, this.#dot);
	}

	add(at, value, note = "") {
		this.#value.textContent = (value === null) ? "not available" : this.#format(value);
		this.#note.textContent = note;
		if (value !== null) {
			this.#points.push({ at, value });
			this.#points = this.#points.filter((point) => at - point.at <= SHOWN);
			this.#draw(at);
		}
	}

	#draw(now) {
		const top = this.#top(Math.max(...this.#points.map((point) => point.value)));
		const x = (point) => (60 - (now - point.at) / 1000).toFixed(2);
		const y = (point) => (100 - point.value / top * 100).toFixed(2);
		const runs = this.#runs().map((run) => run.map((point) => `${x(point)} ${y(point)}`));
		this.#line.setAttribute("d", runs.map((run) => `M${run.join("L")}`).join(""));
		this.#area.setAttribute("d", this.#runs().map((run, index) =>
			`M${x(run[0])} 100L${runs[index].join("L")}V100Z`).join(""));
		this.#root.dataset.points = this.#points.length;
		this.#scales.forEach((scale, index) =>
			scale.textContent = this.#format(top / (index + 1)).replace(".0", ""));
		this.#dot.hidden = false;
		this.#dot.style.top = `${y(this.#points.at(-1))}%`;
	}

	// There is no line for the time without a connection
	#runs() {
		const runs = [];
		this.#points.forEach((point, index) => {
			if (index === 0 || point.at - this.#points[index - 1].at > GAP) {
				runs.push([]);
			}
			runs.at(-1).push(point);
		});
		return runs;
	}

}

function shape(name, attributes) {
	const created = document.createElementNS("http://www.w3.org/2000/svg", name);
	Object.entries(attributes).forEach(([key, value]) => created.setAttribute(key, value));
	return created;
}

/** Rounds up to 2, 4 or 10 times a power of ten, so that half of the result is also a round number. */
function roundUp(value, least) {
	const power = 10 ** Math.floor(Math.log10(Math.max(value, least)));
	return [2, 4, 10].map((step) => step * power).find((top) => top >= Math.max(value, least));
}

const heap = new Chart("heap", megabytes, (most) => roundUp(most / 1048576, 20) * 1048576);
const cpu = new Chart("cpu", percent, (most) => Math.min(1, roundUp(most * 100, 10) / 100));
const threads = new Chart("threads", whole, (most) => roundUp(most, 20));
const connections = new Chart("connections", whole, (most) => roundUp(most, 4));

let latest = 0;

connect(() => "ws/dashboard", (figures) => {
	const at = Date.parse(figures.at);
	if (at <= latest) {
		return; // Sent again after a reconnect
	}
	latest = at;
	heap.add(at, figures.heapUsed, `limit ${megabytes(figures.heapMax)}`);
	cpu.add(at, figures.cpuLoad);
	threads.add(at, figures.liveThreads);
	connections.add(at, figures.connections);
});
