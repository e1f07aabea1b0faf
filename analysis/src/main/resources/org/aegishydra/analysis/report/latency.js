// Latency by percentile, over the steps, by stage; memory and backlog.

const MANY_VARIANTS = 6;

function lineStyle(name, colours, width) {
  return { color: colourOf(name, colours), width, type: look(name).line };
}

/** With many variants the legend begins with the main ones only. */
function selection(verification) {
  const main = new Set(mainVariants(verification).map(variant => variant.name));
  return verification.variants.length <= MANY_VARIANTS ? {} :
    Object.fromEntries(verification.variants.map(variant => [variant.name, main.has(variant.name)]));
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
  const lines = verification.variants.map(variant => ({ name: variant.name, points: placed(variant.percentiles) }))
    .filter(line => line.points.length > 0);
  const how = 'Further right is rarer: at 99.9% one step in a thousand takes longer than the line is high; where a line touches the ' +
    'dashed grey one, a thread that only sleeps was as late, and the figure is the machine’s.';
  if (lines.length === 0) {
    return section(id, 'Latency by percentile', how, absent('No percentiles are in this verification.'));
  }
  const NOISE = 'sleeping thread (the machine)';
  const last = Math.max(...[...lines.map(line => line.points), noise].filter(points => points.length > 0).map(points => points[points.length - 1][0]));
  const made = chart({
    label: 'Latency by percentile of ' + lines.map(line => line.name).join(', '),
    height: width => (width < 500 ? 340 : 430),
    option: (colours, width) => ({
      legend: legend(colours, { data: [...lines.map(line => line.name), ...(noise.length > 0 ? [NOISE] : [])], selected: selection(verification) }),
      grid: { left: width < 500 ? 4 : 26, right: 26, top: 40, bottom: 28, containLabel: true },
      tooltip: tooltip(colours, {
        trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: colours.soft }, label: { show: false } },
        formatter: found => tip('p' + percentileText(found[0].value[2]), found.map(point => [point.seriesName, time(point.value[1])]))
      }),
      xAxis: axis(colours, {
        type: 'log', min: 1, max: last * 1.2, name: 'percentile of steps', nameGap: 26, axisLabel: { formatter: percentileName, fontSize: width < 500 ? 10.5 : 11.5 }
      }),
      yAxis: axis(colours, { type: 'log', name: width < 500 ? '' : verification.measures, nameGap: 52, axisLabel: { formatter: value => time(value) } }),
      series: [
        ...lines.map(line => ({
          type: 'line', name: line.name, data: line.points, symbol: 'none', lineStyle: lineStyle(line.name, colours, 2),
          itemStyle: { color: colourOf(line.name, colours) }, emphasis: { disabled: true }
        })),
        ...(noise.length > 0 ? [{
          type: 'line', name: NOISE, data: noise, symbol: 'none', lineStyle: { color: colours.soft, width: 1.5, type: [6, 4] },
          itemStyle: { color: colours.soft }, emphasis: { disabled: true }
        }] : [])]
    })
  });
  return section(id, 'Latency by percentile', how, made.figure,
    noise.length === 0 ? absent('The machine’s noise floor is not in this verification.') : null);
}

const percentileText = percentile => (percentile === 100 ? '100, the longest' : trimmed(percentile, 7));

const bucketPlace = (timeline, bucket) => (bucket + 0.5) * timeline.steps_per_bucket;

/** The same axes for every variant, so that two can be held against each other. */
function timelineRange(verification) {
  const range = { lowNs: Infinity, highNs: 1, steps: 1 };
  const low = ns => { range.lowNs = ns > 0 && ns < range.lowNs ? ns : range.lowNs; };
  const high = ns => { range.highNs = ns > range.highNs ? ns : range.highNs; };
  for (const variant of verification.variants) {
    variant.timeline.mean_ns.forEach(low);
    variant.timeline.max_ns.forEach(high);
    variant.spikes.forEach(spike => {
      high(spike.total_ns);
      range.steps = Math.max(range.steps, spike.step);
    });
    range.steps = Math.max(range.steps, variant.timeline.max_ns.length * variant.timeline.steps_per_bucket, variant.steps);
  }
  return { min: powerBelow(Math.min(range.lowNs, range.highNs)), max: powerAbove(range.highNs), steps: range.steps };
}

function timelineOption(verification, range, variant, colours, width) {
  const colour = colourOf(variant.name, colours);
  const { timeline } = variant;
  const drawn = values => values.map((ns, bucket) => [bucketPlace(timeline, bucket), ns > 0 ? ns : null]);
  const threshold = verification.spike_threshold_ms * 1e6;
  const narrow = width < 500;
  return {
    legend: legend(colours, { data: ['longest', 'mean', 'spike'], right: undefined, type: 'plain' }),
    grid: { left: 8, right: narrow ? 12 : 20, top: 32, bottom: printing || narrow ? 20 : 58, containLabel: true },
    tooltip: tooltip(colours, { trigger: 'item', formatter: point => (point.data && point.data.spike ? spikeTip(point.data.spike) : '') }),
    dataZoom: printing || narrow ? [] : [{
      type: 'slider', bottom: 4, height: 20, filterMode: 'none', borderColor: colours.line, fillerColor: colours.line + '66',
      backgroundColor: 'transparent', dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
      selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } }, handleStyle: { color: colours.paper, borderColor: colours.soft },
      moveHandleSize: 0, textStyle: { color: colours.soft, fontSize: 11 }, labelFormatter: value => count(Math.round(value))
    }],
    xAxis: axis(colours, { type: 'value', min: 0, max: range.steps, name: 'step', nameGap: 24, splitLine: { show: false },
      axisLabel: { formatter: value => count(Math.round(value)), showMaxLabel: false } }),
    yAxis: axis(colours, { type: 'log', min: range.min, max: range.max, axisLabel: { formatter: value => time(value) } }),
    series: [
      { type: 'line', name: 'longest', data: drawn(timeline.max_ns), symbol: 'none', silent: true, lineStyle: { color: colour, width: 1, opacity: 0.75 },
        itemStyle: { color: colour },
        markLine: threshold > 0 && threshold < range.max ? {
          silent: true, symbol: 'none', data: [{ yAxis: threshold }], lineStyle: { color: colours.ink, width: 1, type: [4, 3] },
          label: { position: 'insideEndTop', formatter: 'spike: ' + time(threshold), color: colours.ink, fontSize: 11, backgroundColor: colours.paper,
            padding: [2, 4], borderRadius: 3 }
        } : undefined },
      { type: 'line', name: 'mean', data: drawn(timeline.mean_ns), symbol: 'none', silent: true,
        lineStyle: { color: colours.ink, width: 1.2 }, itemStyle: { color: colours.ink } },
      { type: 'scatter', name: 'spike', symbolSize: 5, itemStyle: { color: colour, opacity: 0.7 }, progressive: 0,
        data: variant.spikes.map(spike => ({ value: [spike.step, spike.total_ns], spike })) }]
  };
}

function timelineSection(id, verification, chosen) {
  const how = 'The line is the longest step of each stretch of one typical round, so no spike is averaged away; the points are single ' +
    'spikes of all rounds, with what ran in them when you point at one; both panels have the same axes.';
  if (verification.variants.every(variant => variant.timeline.max_ns.length === 0)) {
    return section(id, 'Steps in their order', how, absent('No timeline is in this verification.'));
  }
  const range = timelineRange(verification);
  const panels = chosen.panels(side => chart({
    label: 'Longest and mean time of the steps in order, and every spike that was kept', points: true,
    caption: chosen.caption(side, variant => number(variant.timeline.steps_per_bucket, 'step') + ' a stretch; ' +
      count(variant.spikes.length) + ' of ' + number(variant.spike_count, 'spike') + ' kept'),
    height: width => (width < 500 || printing ? 260 : 320),
    option: (colours, width) => timelineOption(verification, range, chosen.variant(side), colours, width)
  }));
  return section(id, 'Steps in their order', how, chosen.controls(), panels);
}

function stageSection(id, verification) {
  const how = 'Each bar is the mean time of a step by what it was spent on; a stage that only some variants have stands for what their fix moved.';
  const names = [...new Set(verification.variants.flatMap(variant => variant.stages.map(stage => stage.name)))];
  if (names.length === 0) {
    return section(id, 'Stages', how, absent('No stages are in this verification.'));
  }
  const variants = verification.variants.filter(variant => variant.stages.length > 0);
  const made = chart({
    label: 'Mean time by stage of each variant', height: 90 + 34 * variants.length,
    option: (colours, width) => bars(colours, width, variants, names.map((name, i) => ({
      name, colour: colours.parts[i % COLOURS],
      value: variant => (variant.stages.find(stage => stage.name === name) || {}).mean_ns || 0
    })), time, 'mean time of a step')
  });
  const rows = shown => shown.map(variant => [element('th', { scope: 'row', class: 'first' }, named(variant.name)), ...names.map(name => {
    const stage = variant.stages.find(each => each.name === name);
    return stage ? element('td', {}, element('div', { class: 'figure' }, time(stage.mean_ns)),
      element('div', { class: 'under' }, 'p99 ' + time(stage.p99_ns) + ', max ' + time(stage.max_ns))) : cell(NONE);
  })]);
  return section(id, 'Stages', how, made.figure,
    tables(verification, shown => table('Stages', [[column('variant', 'text first'), ...names.map(name => column(name))]], rows(shown))));
}

/** Stacked bars, one a variant. */
function bars(colours, width, variants, parts, text, axisName) {
  const names = variants.map(variant => variant.name);
  return {
    legend: legend(colours, { itemWidth: 12, itemHeight: 12, data: parts.map(part => part.name) }),
    grid: { left: 4, right: 30, top: 32, bottom: 26, containLabel: true },
    tooltip: tooltip(colours, {
      trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: colours.grid, opacity: 0.5 } },
      formatter: found => tip(found[0].name, found.map(part => [part.seriesName, text(part.value)]))
    }),
    xAxis: axis(colours, { type: 'value', name: axisName, nameGap: 26, splitNumber: width < 500 ? 3 : 6, axisLabel: { formatter: value => text(value) } }),
    yAxis: axis(colours, { type: 'category', data: names, inverse: true, axisLabel: { color: colours.ink, fontSize: 12.5, hideOverlap: false, interval: 0 } }),
    series: parts.map(part => ({
      type: 'bar', stack: 'all', name: part.name, barMaxWidth: 20, itemStyle: { color: part.colour, borderColor: colours.paper, borderWidth: 0.5 },
      data: variants.map(part.value)
    }))
  };
}

const WATCHED = [['heap_bytes', 'Heap used, garbage included', bytes], ['resident_bytes', 'Resident memory of the process', bytes],
  ['backlog_records', 'Records that waited to be written', count]];

function memorySection(id, verification) {
  const how = 'One typical round of each variant: a heap that only rises, or a backlog that does not come back to zero, is trouble that a ' +
    'longer run would meet.';
  const watched = verification.variants.filter(variant => variant.memory.length > 0);
  if (watched.length === 0) {
    return section(id, 'Memory and backlog', how, absent('Memory was not watched in this verification.'));
  }
  return section(id, 'Memory and backlog', how, element('div', { class: verification.variants.length > MANY_VARIANTS ? null : 'thirds' }, WATCHED.map(([key, title, text]) => chart({
    label: title + ' over time', caption: [title], height: 240,
    option: colours => ({
      legend: legend(colours, { data: watched.map(variant => variant.name), selected: selection(verification) }),
      grid: { left: 4, right: 14, top: 34, bottom: 16, containLabel: true },
      tooltip: tooltip(colours, {
        trigger: 'axis', axisPointer: { lineStyle: { color: colours.soft } },
        formatter: found => tip(seconds(found[0].value[0]), found.map(point => [point.seriesName, text(point.value[1])]))
      }),
      xAxis: axis(colours, { type: 'value', nameGap: 22, splitLine: { show: false }, axisLabel: { formatter: value => value + ' s' } }),
      yAxis: axis(colours, { type: 'value', min: 0, minInterval: 1, splitNumber: 4, axisLabel: { formatter: value => text(value) } }),
      series: watched.map(variant => ({
        type: 'line', name: variant.name, symbol: variant.memory.length === 1 ? 'circle' : 'none', lineStyle: lineStyle(variant.name, colours, 1.6),
        itemStyle: { color: colourOf(variant.name, colours) }, emphasis: { disabled: true },
        data: variant.memory.map(sample => [sample.at_seconds, isNumber(sample[key]) ? sample[key] : null])
      }))
    })
  }).figure)));
}
