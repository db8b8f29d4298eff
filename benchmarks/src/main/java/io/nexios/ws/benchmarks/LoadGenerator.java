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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.springframework.util.Assert;

/**
 * The program "wsload".
 *
 * @author Nexios Team
 */
public final class LoadGenerator {

	private final Path program;

	LoadGenerator(Path program) {
		this.program = program.toAbsolutePath();
	}

	public Measurement run(Load load, ServerProcess server, Side side) {
		return Measurement.parse(Commands.run(command(load, server, side)));
	}

	private List<String> command(Load load, ServerProcess server, Side side) {
		List<String> command = new ArrayList<>(List.of(this.program.toString(), load.work()));
		command.addAll(load.options());
		command.addAll(
				List.of("-p", String.valueOf(server.port()), "-u", side.path(), "-S", String.valueOf(server.pid())));
		if (side.isStomp()) {
			command.add("-t");
		}
		return command;
	}

	/**
	 * Open connections that stay open and idle.
	 * @param load an idle load
	 * @param server the server
	 * @param side the side
	 * @return the connections, which are open when this method returns
	 */
	public IdleConnections open(Load load, ServerProcess server, Side side) {
		try {
			Process process = new ProcessBuilder(command(load, server, side))
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			BufferedReader output = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
			String line = output.readLine();
			Assert.state(line != null, "No connections were opened");
			return new IdleConnections(process, Measurement.parse(line));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connections that are held until this is closed.
	 *
	 * @param process the process that holds the connections
	 * @param measurement the number of connections
	 */
	public record IdleConnections(Process process, Measurement measurement) implements AutoCloseable {

		@Override
		public void close() {
			try {
				this.process.getOutputStream().close();
				this.process.waitFor();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
