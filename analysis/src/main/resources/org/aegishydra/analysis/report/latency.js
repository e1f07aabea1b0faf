// Latency by percentile, and how variants look as lines.

const MANY_VARIANTS = 6;

function lineStyle(name, colours, width) {
  return { color: colourOf(name, colours), width, type: look(name).line };
}

/** With many variants the legend begins with the main ones only. */
function selection(verification) {
  const main = new Set(mainVariants(verification).map(variant => variant.name));
  return verification.variants.length <= MANY_VARIANTS
    ? {}
    : Object.fromEntries(verification.variants.map(variant => [variant.name, main.has(variant.name)]));
}

/** Pairs of a percentile and ns, placed at 1/(1-p); the maximum has no such place and goes one step beyond the last. */
function placed(percentiles) {
  const points = [];
  for (const [percentile, ns] of percentiles) {
    const last = points.length > 0 ? points[points.length - 1][0] : 1;
    const place = percentile < 100 ? 100 / (100 - percentile) : last * 2;
    if (ns > 0 && isNumber(place)) {
      points.push([place, ns, percentile]);
    }
  }
  return points;
}

const percentileName = place => {
  const decimals = Math.max(0, Math.round(Math.log10(place)) - 2);
  return (100 - 100 / place).toFixed(decimals) + '%';
};

function percentileSection(id, verification) {
  const noise = verification.noise ? placed(verification.noise.percentiles || []) : [];
  const lines = verification.variants
    .map(variant => ({ name: variant.name, points: placed(variant.percentiles) }))
    .filter(line => line.points.length > 0);
  const how =
    'Further right is rarer: at 99.9% one step in a thousand takes longer than the line is high; where a line touches the ' +
    'dashed grey one, a thread that only sleeps was as late, and the figure is the machine’s; wake-ups that one of the JVM’s own ' +
    'collections held up are not in it.';
  if (lines.length === 0) {
    return section(id, 'Latency by percentile', how, absent('No percentiles are in this verification.'));
  }
  const NOISE = 'sleeping thread (the machine)';
  const last = Math.max(
    ...[...lines.map(line => line.points), noise]
      .filter(points => points.length > 0)
      .map(points => points[points.length - 1][0])
  );
  const made = chart({
    label: 'Latency by percentile of ' + lines.map(line => line.name).join(', '),
    height: width => (width < 500 ? 340 : 430),
    option: (colours, width) => ({
      legend: legend(colours, {
        data: [...lines.map(line => line.name), ...(noise.length > 0 ? [NOISE] : [])],
        selected: selection(verification)
      }),
      grid: { left: width < 500 ? 4 : 34, right: 26, top: 40, bottom: 28, containLabel: true },
      tooltip: tooltip(colours, {
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: colours.soft }, label: { show: false } },
        formatter: found =>
          tip(
            'p' + percentileText(found[0].value[2]),
            found.map(point => [point.seriesName, time(point.value[1])])
          )
      }),
      xAxis: axis(colours, {
        type: 'log',
        min: 1,
        max: last * 1.2,
        name: 'percentile of steps',
        nameGap: 26,
        axisLabel: { formatter: percentileName, fontSize: width < 500 ? 10.5 : 11.5 }
      }),
      yAxis: axis(colours, {
        type: 'log',
        name: width < 500 ? '' : verification.measures,
        nameGap: 60,
        axisLabel: { formatter: value => time(value) }
      }),
      series: [
        ...lines.map(line => ({
          type: 'line',
          name: line.name,
          data: line.points,
          symbol: 'none',
          lineStyle: lineStyle(line.name, colours, 2),
          itemStyle: { color: colourOf(line.name, colours) },
          emphasis: { disabled: true }
        })),
        ...(noise.length > 0
          ? [
              {
                type: 'line',
                name: NOISE,
                data: noise,
                symbol: 'none',
                lineStyle: { color: colours.soft, width: 1.5, type: [6, 4] },
                itemStyle: { color: colours.soft },
                emphasis: { disabled: true }
              }
            ]
          : [])
      ]
    })
  });
  return section(
    id,
    'Latency by percentile',
    how,
    made.figure,
    noise.length === 0 ? absent('The machine’s noise floor is not in this verification.') : null
  );
}

/** 99.45313 as 99.45, 99.99234 as 99.992. */
function percentileText(percentile) {
  const left = 100 - percentile;
  return left === 0
    ? '100, the longest'
    : String(Number(percentile.toFixed(Math.max(0, 1 - Math.floor(Math.log10(left))))));
}
