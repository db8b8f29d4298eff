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

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Plot}.
 *
 * @author Nexios Team
 */
class PlotTests {

	private final Plot plot = new Plot(List.of(new Plot.Panel("One & <two>",
			List.of(new Plot.Bar("ours", Samples.of(5, 10, 20), true), new Plot.Bar("theirs", Samples.of(40), false))),
			panel("second")));

	@Test
	void svgIsWellFormed() throws Exception {
		assertThat(elements("text")).extracting(Element::getTextContent)
			.contains("One & <two> (less is better)", "ours", "theirs", "10.0");
	}

	@Test
	void barsAreInProportion() throws Exception {
		List<Element> bars = elements("rect");
		assertThat(number(bars.get(1), "width") / number(bars.get(0), "width")).isCloseTo(4, within(0.01));
	}

	@Test
	void rangeIsFromTheLowestToTheHighest() throws Exception {
		double start = number(elements("rect").get(0), "x");
		Element range = elements("line").get(0);
		assertThat((number(range, "x2") - start) / (number(range, "x1") - start)).isCloseTo(4, within(0.01));
	}

	@Test
	void textsAreInsideTheViewBox() throws Exception {
		Element svg = document().getDocumentElement();
		String[] box = svg.getAttribute("viewBox").split(" ");
		assertThat(elements("text")).allSatisfy((text) -> {
			assertThat(number(text, "x")).isBetween(0.0, Double.valueOf(box[2]));
			assertThat(number(text, "y")).isBetween(0.0, Double.valueOf(box[3]));
		});
	}

	@Test
	void darkPagesHaveColoursOfTheirOwn() {
		assertThat(this.plot.svg()).contains("prefers-color-scheme: dark");
	}

	private static Plot.Panel panel(String title) {
		return new Plot.Panel(title, List.of(new Plot.Bar("only", Samples.of(1), true)));
	}

	private List<Element> elements(String name) throws Exception {
		NodeList nodes = document().getElementsByTagName(name);
		return IntStream.range(0, nodes.getLength()).mapToObj((index) -> (Element) nodes.item(index)).toList();
	}

	private Document document() throws Exception {
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(this.plot.svg())));
	}

	private static double number(Element element, String attribute) {
		return Double.parseDouble(element.getAttribute(attribute));
	}

}
