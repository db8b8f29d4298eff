/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.nexios.ws.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Draws bars, one panel below the other, as SVG. The lines over the bars are the range of
 * all rounds. Its colours work on a light and on a dark page.
 *
 * @author Nexios Team
 */
final class Plot {

	private static final int WIDTH = 760;

	private static final int LABELS = 200;

	private static final int VALUES = 90;

	private static final int TITLE_HEIGHT = 34;

	private static final int BAR_HEIGHT = 16;

	private static final int STEP = 22;

	private static final String STYLE = """
			<style>
			text { font: 13px system-ui, sans-serif; fill: #1f2328 }
			.title { font-weight: 600 }
			.ours { fill: #2f6fd6 }
			.other { fill: #9aa4b0 }
			.range { stroke: #1f2328; stroke-width: 1.5 }
			@media (prefers-color-scheme: dark) {
			text { fill: #e6edf3 }
			.ours { fill: #6ea8fe }
			.other { fill: #6b7682 }
			.range { stroke: #e6edf3 }
			}
			</style>
			""";

	private final List<Panel> panels;

	Plot(List<Panel> panels) {
		this.panels = List.copyOf(panels);
	}

	String svg() {
		StringBuilder svg = new StringBuilder();
		int height = this.panels.stream().mapToInt(Plot::height).sum();
		svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n".formatted(WIDTH,
				height));
		svg.append("<title>Less is better</title>\n").append(STYLE);
		int top = 0;
		for (Panel panel : this.panels) {
			draw(panel, top, svg);
			top += height(panel);
		}
		return svg.append("</svg>\n").toString();
	}

	private static int height(Panel panel) {
		return TITLE_HEIGHT + panel.bars().size() * STEP + STEP / 2;
	}

	private static void draw(Panel panel, int top, StringBuilder svg) {
		svg.append("<text class=\"title\" x=\"0\" y=\"%d\">%s (less is better)</text>\n"
			.formatted(top + TITLE_HEIGHT / 2, escape(panel.title())));
		double longest = panel.bars().stream().mapToDouble((bar) -> bar.samples().max()).max().orElse(1);
		int y = top + TITLE_HEIGHT;
		for (Bar bar : panel.bars()) {
			draw(bar, y, (WIDTH - LABELS - VALUES) / longest, svg);
			y += STEP;
		}
	}

	private static void draw(Bar bar, int y, double scale, StringBuilder svg) {
		double end = LABELS + bar.samples().median() * scale;
		double min = LABELS + bar.samples().min() * scale;
		double max = LABELS + bar.samples().max() * scale;
		int middle = y + BAR_HEIGHT / 2;
		svg.append(text(LABELS - 8, middle + 5, " text-anchor=\"end\"", bar.name()));
		svg.append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"2\"/>\n"
			.formatted(bar.isOurs() ? "ours" : "other", LABELS, y, number(end - LABELS), BAR_HEIGHT));
		svg.append("<line class=\"range\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>\n".formatted(number(min),
				number(max), middle, middle));
		svg.append(text(max + 8, middle + 5, "", Samples.format(bar.samples().median())));
	}

	private static String text(double x, int y, String attributes, String text) {
		return "<text x=\"%s\" y=\"%d\"%s>%s</text>\n".formatted(number(x), y, attributes, escape(text));
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.1f", value);
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	/**
	 * Bars of one scale.
	 *
	 * @param title the title
	 * @param bars the bars
	 */
	record Panel(String title, List<Bar> bars) {

	}

	/**
	 * One bar.
	 *
	 * @param name the name of the side
	 * @param samples the values, which give the length
	 * @param isOurs whether the bar is highlighted
	 */
	record Bar(String name, Samples samples, boolean isOurs) {

	}

}
