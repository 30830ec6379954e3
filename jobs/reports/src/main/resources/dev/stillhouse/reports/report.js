(() => {
  "use strict";
  const specs = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const calm = getComputedStyle(document.body).fontFamily;
  let charts = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 3 });

  const axis = (title, grid) => ({
    title: { display: true, text: title, color: colour("--soft") },
    ticks: { color: colour("--soft"), maxRotation: 0, autoSkipPadding: 16 },
    grid: { display: grid, color: colour("--line") },
    border: { color: colour("--line") },
  });

  const common = (legend) => ({
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    plugins: { legend: { display: legend, align: "start", labels: { color: colour("--ink"), boxWidth: 8, boxHeight: 6, usePointStyle: true } } },
  });

  const bars = (spec) => {
    const options = common(false);
    options.scales = { x: axis(spec.x, false), y: { ...axis(spec.y, true), beginAtZero: true } };
    options.plugins.tooltip = { callbacks: { label: (item) => number(item.parsed.y) + " " + spec.y } };
    return {
      type: "bar",
      data: {
        labels: spec.labels,
        datasets: spec.series.map((one) => ({
          label: one.name,
          data: one.points.map((point) => point[1]),
          backgroundColor: colour("--accent"),
          borderRadius: 2,
          categoryPercentage: 1,
          barPercentage: 0.92,
        })),
      },
      options,
    };
  };

  const lines = (spec) => {
    const options = common(true);
    options.scales = { x: axis(spec.x, false), y: { ...axis(spec.y, true), beginAtZero: true } };
    options.interaction = { mode: "index", intersect: false };
    options.plugins.tooltip = { callbacks: { title: (items) => `${spec.x}: ${items[0].label}`, label: (item) => `${item.dataset.label}: ${number(item.parsed.y)} %` } };
    const shades = [colour("--accent"), colour("--ink"), colour("--soft"), colour("--soft")];
    const dashes = [[], [], [6, 4], [2, 3]];
    const styles = ["circle", "rect", "triangle", "rectRot"];
    const datasets = spec.series.map((one, i) => ({
      label: one.name,
      data: one.points.map((point) => point[1]),
      borderColor: shades[i % 4],
      backgroundColor: shades[i % 4],
      borderDash: dashes[i % 4],
      borderWidth: i ? 1.5 : 3,
      pointStyle: styles[i % 4],
      pointRadius: 4,
    }));
    return { type: "line", data: { labels: spec.labels, datasets }, options };
  };

  const diagram = (spec, most, said) => {
    const options = common(true);
    const unit = (title) => ({ ...axis(title, true), type: "linear", min: 0, max: most });
    options.scales = { x: unit(spec.x), y: unit(spec.y) };
    options.plugins.tooltip = {
      filter: (item) => item.raw.n !== undefined,
      callbacks: { label: (item) => said(item.dataset.label, number(item.raw.y), number(item.raw.x), number(item.raw.n)) },
    };
    const shades = spec.series.length > 1 ? [colour("--soft"), colour("--accent")] : [colour("--accent")];
    const lines = spec.series.map((one, i) => ({
      label: one.name,
      data: one.points.map(([x, y, n]) => ({ x, y, n })),
      borderColor: shades[i % shades.length],
      backgroundColor: shades[i % shades.length],
      pointStyle: i % 2 ? "circle" : "rect",
      borderWidth: 2,
      pointRadius: 4,
    }));
    const diagonal = { label: "exact", data: [{ x: 0, y: 0 }, { x: most, y: most }], borderColor: colour("--line-strong"), borderDash: [4, 4], borderWidth: 1, pointRadius: 0, pointStyle: "line" };
    return { type: "line", data: { datasets: [...lines.reverse(), diagonal] }, options };
  };

  const reliability = (spec) => diagram(spec, 1, (name, y, x, n) => `${name}: ${y} right at ${x}, ${n} documents`);

  // Of small values the corner alone would be drawn on.
  const salience = (spec) => {
    const values = spec.series.flatMap((one) => one.points).flatMap(([x, y]) => [x, y]);
    const most = Math.min(1, Math.ceil(10 * Math.max(0.1, ...values)) / 10);
    return diagram(spec, most, (name, y, x, n) => `${y} by the teacher at ${x}, ${n} ${name}`);
  };

  const curve = (spec) => {
    const options = common(false);
    const unit = (title) => ({ ...axis(title, true), type: "linear", min: 0, max: 1 });
    options.scales = { x: unit(spec.x), y: unit(spec.y) };
    options.plugins.tooltip = { callbacks: { label: (item) => `${number(item.raw.y)} at ${number(item.raw.x)}` } };
    const datasets = spec.series.map((one, i) => ({
      label: one.name,
      data: one.points.map(([x, y]) => ({ x, y })),
      borderColor: i ? colour("--bad") : colour("--accent"),
      borderDash: i ? [4, 4] : [],
      borderWidth: i ? 1 : 2,
      pointRadius: 0,
      pointHitRadius: 6,
    }));
    return { type: "line", data: { datasets }, options };
  };

  const pareto = (spec) => {
    const options = common(true);
    const points = spec.series.flatMap((one) => one.points);
    const fastest = Math.max(...points.map(([, , rate]) => rate));
    options.layout = { padding: 16 };
    options.scales = {
      x: { ...axis(spec.x, true), type: "linear", beginAtZero: true, grace: "10%" },
      y: { ...axis(spec.y, true), type: "linear", grace: "20%" },
    };
    options.plugins.tooltip = {
      callbacks: { label: (item) => `${item.dataset.label}: ${number(item.raw.y)} at ${number(item.raw.x)} MB, ${number(Math.round(item.raw.rate))} documents/s` },
    };
    const shades = [colour("--soft"), colour("--line-strong"), colour("--ink")];
    const styles = ["rect", "triangle", "rectRot", "circle"];
    const datasets = spec.series.map((one, i) => ({
      label: one.name,
      data: one.points.map(([x, y, rate]) => ({ x, y, rate })),
      backgroundColor: one.name.endsWith("chosen") ? colour("--accent") : shades[i % 3],
      borderColor: one.name.endsWith("chosen") ? colour("--accent") : shades[i % 3],
      pointStyle: one.name.endsWith("chosen") ? "circle" : styles[i % 3],
      pointRadius: one.points.map(([, , rate]) => 5 + 7 * Math.sqrt(rate / fastest)),
    }));
    return { type: "scatter", data: { datasets }, options };
  };

  const kinds = { bars, lines, reliability, salience, curve, pareto };

  const draw = () => {
    charts.forEach((chart) => chart.destroy());
    Chart.defaults.font.family = calm;
    Chart.defaults.font.size = 12;
    charts = specs.map((spec) => new Chart(document.getElementById(spec.id), kinds[spec.type](spec)));
  };

  draw();
  dark.addEventListener("change", draw);
  addEventListener("beforeprint", () => charts.forEach((chart) => chart.resize()));
})();
