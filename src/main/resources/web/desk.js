'use strict';
// The operator's page. Everything that comes from outside is written as text, never as markup.

const token = document.querySelector('meta[name=operator-token]').content;
const byId = id => document.getElementById(id);
const KINDS = {'products': 'Products', 'sell-orders': 'Sell orders'};
const VERBS = {create: 'created', update: 'updated', delete: 'deleted', park: 'parked', settle: 'looked up'};

// ---- small helpers

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'onclick') node.addEventListener('click', value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined).map(child => child instanceof Node ? child : String(child)));
  return node;
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const shown = {};

/** Fills a place only where something has changed, so that neither focus nor selection is lost. */
function fill(id, state, build) {
  const text = JSON.stringify(state);
  if (shown[id] === text) return;
  shown[id] = text;
  const place = byId(id);
  const held = document.activeElement && place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const open = new Set([...place.querySelectorAll('details[open]')].map(one => one.dataset.key));
  place.replaceChildren(...build());
  place.querySelectorAll('details').forEach(one => { if (open.has(one.dataset.key)) one.open = true; });
  if (held) [...place.querySelectorAll('[data-key]')].find(one => one.dataset.key === held)?.focus();
}

/** Words in which `commands` stand between backticks. */
function said(words) {
  return words.split('`').map((part, i) => i % 2 ? el('code', {}, part) : part);
}

function ago(instant) {
  if (!instant) return 'never';
  const seconds = Math.max(0, (Date.now() - new Date(instant)) / 1000);
  if (seconds < 90) return Math.round(seconds) + ' s ago';
  if (seconds < 5400) return Math.round(seconds / 60) + ' min ago';
  if (seconds < 172800) return Math.round(seconds / 3600) + ' h ago';
  return Math.round(seconds / 86400) + ' days ago';
}

function at(instant) {
  return instant ? new Date(instant).toLocaleString([], {dateStyle: 'short', timeStyle: 'medium'}) : '–';
}

// ---- asking

async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: body ? {'Content-Type': 'application/json', 'X-Operator-Token': token} : {},
    body: body ? JSON.stringify(body) : undefined,
    credentials: 'same-origin'
  });
  const told = await answer.json();
  if (told.problem) throw new Error(told.problem);
  return told;
}

/** Asks a question and waits for its answer, however long the work takes. */
async function ask(question, about) {
  let told = await call('POST', 'api/' + question, about || {});
  while (told.state === 'working') {
    await new Promise(done => setTimeout(done, 700));
    told = await call('GET', 'api/answers/' + told.number);
  }
  return told;
}

async function look(question, parameters) {
  let told = await call('GET', 'api/' + question + (parameters ? '?' + new URLSearchParams(parameters) : ''));
  while (told.state === 'working') told = await call('GET', 'api/answers/' + told.number);
  return told.lines;
}

function say(words, bad) {
  byId('said').dataset.state = bad ? 'bad' : '';
  byId('said').textContent = words;
}

/** Does something that changes, says what came of it, and shows the news. */
async function act(words, question, about, tell) {
  say(words + ' …');
  try {
    const told = await ask(question, about);
    say(tell(told), told.exit === 3);
  } catch (problem) {
    say(problem.message, true);
  }
  details = true;
  await refresh();
}

// ---- showing

function showGlance(status) {
  const troubles = status.troubles;
  const bad = troubles.some(one => !['parked', 'run-partial', 'restart-needed'].includes(one.kind));
  const title = troubles.length === 0 ? 'All is well' : bad ? 'Something is wrong' : 'Something waits for you';
  byId('glance').dataset.state = troubles.length === 0 ? 'good' : bad ? 'bad' : 'warn';
  if (byId('glance-title').textContent !== title) byId('glance-title').textContent = title;
  document.title = (troubles.length ? '(' + troubles.length + ') ' : '') + status.store + ': BigCommerce → Optiply';
  fill('troubles', troubles, () => troubles.map(one => el('li', {}, ...said(one.said), el('small', {}, ...said(one.todo)))));
}

function showKinds(status) {
  const last = kind => status.runs.find(run => run.what === kind && run.outcome === 'complete');
  const state = Object.keys(KINDS).map(kind => {
    const counts = status.undelivered[kind];
    const running = status.in_hand.some(work => work.what === kind);
    return [kind, counts.pending, counts.in_doubt, counts.parked, ago(last(kind)?.ended), status.next[kind], running];
  });
  fill('kinds', state, () => state.map(([kind, pending, doubt, parked, complete, next, running]) => el('div', {class: 'kind'},
    el('h3', {}, KINDS[kind]),
    el('dl', {}, ...[['pending', pending], ['in doubt', doubt], ['parked', parked]].map(([name, count]) => el('div', {},
      el('dt', {}, name), el('dd', {class: count > 0 && (name === 'parked' || !running) ? 'some' : ''}, count)))),
    el('p', {}, 'last complete run ' + complete),
    el('p', {}, next ? 'next run at ' + at(next) : 'the clocks do not run'))));
}

function showWork(status) {
  fill('in-hand', status.in_hand, () => status.in_hand.map(work => {
    const delivering = work.delivering;
    const done = delivering ? work.delivered : work.rows;
    const all = delivering ? work.backlog : work.rows_expected;
    const words = `${work.what}${work.stream ? ' ' + work.stream : ''} (${work.mode}): `
      + `${delivering ? 'delivered' : 'read'} ${done}${all ? ' of ' + all : ''}`
      + (work.seconds_left ? `, about ${work.seconds_left} s left` : '');
    return el('div', {class: 'work'}, el('p', {}, words),
      el('progress', {max: all || 1, value: all ? Math.min(done, all) : null, 'aria-label': words}));
  }));
}

function showRuns(status) {
  const runs = status.runs;
  fill('runs', runs, () => runs.flatMap(run => {
    const counts = run.counts || {};
    const calls = counts.calls ? counts.calls.bigcommerce + ' + ' + counts.calls.optiply : '–';
    const note = run.outcome !== 'complete' && run.message;
    return [el('tr', {class: note ? 'noted' : ''},
      el('td', {class: 'outcome', 'data-state': run.outcome}, run.outcome || 'in hand'),
      el('td', {}, run.what + (run.mode === 'incremental' ? '' : ', ' + run.mode)), el('td', {}, at(run.started)),
      ...['read', 'created', 'updated', 'deleted'].map(name => el('td', {class: 'figure'}, counts[name] ?? counts.rows ?? '–')),
      el('td', {class: 'figure'}, calls), el('td', {class: 'figure'}, counts.seconds ?? '–')),
      ...(note ? [el('tr', {}, el('td', {class: 'note', colspan: 9}, ...said(run.message)))] : [])];
  }));
  const width = Math.max(280, byId('timeline').clientWidth);
  fill('timeline', [runs, width], () => {
    const height = 72, step = Math.min(28, width / 40);
    const moved = run => (run.counts?.created || 0) + (run.counts?.updated || 0) + (run.counts?.deleted || 0);
    const most = Math.max(0, ...runs.map(moved));
    const bars = runs.slice().reverse().map((run, i) => {
      const tall = 6 + 60 * Math.sqrt(moved(run) / Math.max(1, most));
      const words = `${at(run.started)} ${run.what}: ${run.outcome || 'in hand'}, ${moved(run)} moved${run.message ? '. ' + run.message : ''}`;
      return svg('rect', {x: i * step + 1, y: 70 - tall, width: step - 3, height: tall, rx: 2, class: 'run-' + (run.outcome || 'none')},
        svg('title', {}, words));
    });
    const label = runs.length === 0 ? 'No run yet' : `The last ${runs.length} runs, oldest first; ` + (most === 0 ? 'none moved a record' : `the tallest moved ${most}`);
    return [svg('svg', {width, height, role: 'img', 'aria-label': label}, ...bars,
      svg('line', {x1: 0, x2: width, y1: 71, y2: 71, class: 'axis'})), el('p', {class: 'caption', 'aria-hidden': 'true'}, label)];
  });
}

function showPace(samples, status) {
  const width = Math.max(280, byId('pace').clientWidth);
  fill('pace', [samples.length ? samples.at(-1).at : null, width], () => {
    const height = 120, floor = 100, kept = 720;
    const per = 12; // one bar a minute
    const minutes = [];
    for (let end = samples.length; end > 0; end -= per) {
      const part = samples.slice(Math.max(0, end - per), end);
      minutes.unshift({read: part.reduce((sum, one) => sum + one.read, 0), delivered: part.reduce((sum, one) => sum + one.delivered, 0)});
    }
    const most = Math.max(1, ...minutes.flatMap(one => [one.read, one.delivered]));
    const step = width / (kept / per);
    const from = width - minutes.length * step;
    const none = samples.every(one => one.read + one.delivered === 0);
    const bars = minutes.flatMap((one, i) => ['read', 'delivered'].map((name, k) => {
      const tall = 80 * one[name] / most;
      return svg('rect', {x: from + i * step + 1 + k * (step - 2) / 2, y: floor - tall, width: Math.max(1, (step - 3) / 2), height: tall, class: name});
    }));
    const quota = status.quota.quota;
    const points = quota ? samples.map((one, i) => one.quota_left === null ? null
      : `${(width - (samples.length - i) * width / kept).toFixed(1)},${(floor - 80 * Math.min(1, one.quota_left / quota)).toFixed(1)}`).filter(Boolean) : [];
    byId('pace-words').replaceChildren(
      el('span', {class: 'key k-read'}), 'read a minute', el('span', {class: 'key k-delivered'}), none ? 'delivered a minute (none in the last hour)' : `delivered a minute (most: ${most})`,
      el('span', {class: 'key k-quota'}), quota ? `quota: ${status.quota.left} of ${quota} calls left` : 'quota: not known yet');
    return [svg('svg', {width, height, role: 'img',
      'aria-label': `Records read and delivered a minute over the last hour, at most ${most}` + (quota ? `; BigCommerce's quota: ${status.quota.left} of ${quota} calls left` : '')},
      ...bars, svg('polyline', {points: points.join(' '), class: 'quota'}),
      svg('line', {x1: 0, x2: width, y1: floor, y2: floor, class: 'axis'}),
      svg('text', {x: 0, y: 115}, 'an hour ago'), svg('text', {x: width, y: 115, 'text-anchor': 'end'}, 'now'))];
  });
}

function grouped(records, key) {
  const groups = new Map();
  for (const record of records) {
    const name = key(record);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(record);
  }
  return [...groups];
}

const path = record => record.entity + '/' + record.remote_id;

function retried(told) {
  const still = told.lines.filter(line => line.status === 'parked').length;
  const gone = told.lines.filter(line => line.status && line.status !== 'parked').length;
  const failed = told.lines.find(line => line.outcome === 'failed');
  return failed ? failed.message : `${gone} retried with success` + (still ? `, ${still} still parked` : '');
}

function showParked(records) {
  fill('parked', records, () => records.length === 0
    ? [el('p', {class: 'quiet'}, 'Nothing is parked.')]
    : [
      el('p', {class: 'buttons all'}, button(`Retry all ${records.length}`, '', () => act('Retrying all', 'retry', {all: true}, retried))),
      ...grouped(records, one => one.cause).map(([cause, some]) => parkedGroup(cause, some))
    ]);
}

function button(words, kind, onclick, name) {
  return el('button', {type: 'button', class: kind, 'data-key': name || words, 'aria-label': name, onclick}, words);
}

function table(heads, rows) {
  return el('table', {class: 'stack'},
    el('thead', {}, el('tr', {}, ...heads.map(head => el('th', {scope: 'col'}, head)))),
    el('tbody', {}, ...rows));
}

function parkedGroup(cause, some) {
  const buttons = el('span', {class: 'buttons'},
    button('Retry group', 'small', () => act(`Retrying ${cause}`, 'retry', {cause}, retried), `Retry group ${cause}`),
    button('Discard group', 'small danger', () => discard({cause}, `${some.length} records parked for ${cause}`), `Discard group ${cause}`));
  return el('div', {class: 'group'},
    el('div', {class: 'group-head'}, el('h3', {}, `${cause} (${some.length})`), buttons),
    el('details', {'data-key': cause, open: some.length <= 10},
      el('summary', {}, some.length === 1 ? 'the record' : `the ${some.length} records`),
      el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `parked for ${cause}`},
        table(['record', 'reason', 'since', ''], some.map(parkedRow)))));
}

function parkedRow(record) {
  const name = path(record);
  return el('tr', {},
    el('td', {}, name), el('td', {class: 'words'}, record.reason || ''), el('td', {}, at(record.since)),
    el('td', {}, el('span', {class: 'buttons'},
      button('Retry', 'small', () => act(`Retrying ${name}`, 'retry', {ids: [name]}, retried), `Retry ${name}`),
      button('Explain', 'small', () => explain(record.entity, record.remote_id), `Explain ${name}`),
      button('Discard', 'small danger', () => discard({ids: [name]}, name), `Discard ${name}`))));
}

function showPending(records) {
  fill('pending', records, () => {
    if (records.length === 0) return [el('p', {class: 'quiet'}, 'Nothing waits.')];
    const why = one => one.reason || (one.status === 'in_doubt' ? 'sent, and no answer came; it is looked up first' : 'not sent yet');
    return grouped(records, why).map(([reason, some]) => el('div', {class: 'group'},
      el('div', {class: 'group-head'}, el('h3', {}, `${reason} (${some.length})`)),
      el('details', {'data-key': reason}, el('summary', {}, 'the records'),
        el('p', {}, some.map(path).join(', ')))));
  });
}

function discard(about, what) {
  const dialog = byId('discard');
  byId('discard-what').textContent = `${what}: stays silent until the shop changes it.`;
  dialog.querySelector('input').value = '';
  dialog.returnValue = '';
  dialog.onclose = () => {
    if (dialog.returnValue === 'discard') {
      act(`Discarding ${what}`, 'discard', {...about, reason: dialog.querySelector('input').value},
        told => `${told.lines.length} discarded`);
    }
  };
  dialog.showModal();
}

async function explain(entity, id) {
  const place = byId('story');
  place.replaceChildren(el('p', {class: 'quiet'}, 'Asking …'));
  try {
    const lines = await look('explain', {entity, id});
    place.replaceChildren(...lines.map(line => el('div', {class: 'story'},
      el('h3', {}, path(line), el('span', {class: 'verdict'}, line.verdict.replaceAll('-', ' '))),
      ...line.story.map(sentence => el('p', {}, sentence)))));
  } catch (problem) {
    place.replaceChildren(el('p', {}, problem.message));
  }
  byId('explain-title').scrollIntoView({block: 'nearest'});
}

function showDry(told) {
  const lines = told.lines.filter(line => line.would);
  const figures = told.lines.filter(line => line.what);
  const changed = line => line.reason || Object.entries(line.changes || {}).map(([field, change]) =>
    field + ' ' + (line.would === 'update' ? JSON.stringify(change.old ?? null) + ' → ' : '') + JSON.stringify(change.new ?? null)).join(', ');
  byId('dry-body').replaceChildren(
    ...figures.map(one => el('p', {}, el('strong', {}, KINDS[one.what] + ': '),
      `${one.outcome}, ${one.read} read; would create ${one.created}, update ${one.updated}, delete ${one.deleted}, park ${one.parked}` + (one.message ? '. ' + one.message : ''))),
    lines.length === 0 ? el('p', {}, 'Nothing would be sent.') : table(['record', 'would be', 'what'],
      lines.slice(0, 500).map(line => el('tr', {},
        el('td', {}, path(line)), el('td', {}, VERBS[line.would]), el('td', {class: 'words'}, changed(line))))),
    lines.length > 500 ? el('p', {class: 'quiet'}, `and ${lines.length - 500} more; \`sync --dry-run\` shows all`) : '');
  byId('dry').showModal();
}

// ---- the round

let details = true;
let rounds = 0;
let counts = '';
let timer = 0;

async function refresh() {
  clearTimeout(timer);
  let wait = 2000;
  try {
    const [status] = await look('status');
    byId('store').textContent = status.store;
    showGlance(status);
    showKinds(status);
    showWork(status);
    showRuns(status);
    const now = JSON.stringify(status.undelivered);
    if (details || now !== counts || rounds % 10 === 0) {
      counts = now;
      details = false;
      const [parked, pending] = await Promise.all([look('parked'), look('pending')]);
      showParked(parked);
      showPending(pending);
    }
    if (rounds % 2 === 0) showPace(await look('samples'), status);
    byId('fresh').textContent = 'as of ' + new Date().toLocaleTimeString();
    wait = status.in_hand.length ? 700 : 2000;
  } catch (problem) {
    byId('glance').dataset.state = 'bad';
    byId('glance-title').textContent = 'The process does not answer';
    byId('fresh').textContent = problem.message;
    wait = 5000;
  }
  rounds++;
  timer = setTimeout(refresh, document.hidden ? 10000 : wait);
}

byId('start').addEventListener('submit', event => {
  event.preventDefault();
  const form = event.target;
  const question = event.submitter ? event.submitter.value : 'sync';
  const about = {what: form.what.value ? [form.what.value] : [], full: form.full.checked};
  if (question === 'dry-run') {
    act('Looking what a run would do', 'dry-run', about, told => { showDry(told); return 'The dry run has ended; nothing was changed.'; });
  } else {
    act('Running', 'sync', about, told => told.lines.map(line => `${KINDS[line.what]}: ${line.outcome}`
      + (line.created === undefined ? `. ${line.message}` : `, ${line.created} created, ${line.updated} updated, ${line.deleted} deleted, ${line.parked} parked`)).join('; '));
  }
  setTimeout(refresh, 200);
});

byId('explain').addEventListener('submit', event => {
  event.preventDefault();
  const {entity, id} = event.target.elements;
  explain(entity.value, id.value.trim());
});

window.addEventListener('resize', () => refresh());
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
refresh();
