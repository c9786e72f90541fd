/** The planner's words: which of them mean the same, which say little, which belong together. Tables only. */

/** Words with one meaning; the first names the concept. They are stemmed when the table is read. */
export const synonyms: readonly (readonly string[])[] = [
  ['email', 'mail', 'emails', 'mails', 'e-mail', 'mailing', 'write'],
  ['inbox', 'mailbox'],
  ['reply', 'response', 'respond', 'answer', 'responded', 'answered', 'replied', 'replies', 'silence'],
  ['followup', 'chase', 'chaser', 'remind', 'reminder', 'nudge', 'follow-up'],
  ['escalate', 'escalation'],
  ['send', 'dispatch', 'deliver'],
  ['notify', 'notification', 'alert', 'inform', 'tell', 'ping', 'warn', 'message'],
  ['check', 'verify', 'inspect', 'see', 'poll', 'monitor', 'review', 'test'],
  ['get', 'fetch', 'retrieve', 'pull', 'obtain', 'read', 'load'],
  ['find', 'search', 'lookup', 'list', 'query', 'locate'],
  ['parse', 'interpret', 'understand', 'analyse', 'analyze', 'evaluate'],
  ['extract', 'scan', 'ocr'],
  ['log', 'record', 'journal'],
  ['note', 'comment', 'annotate', 'remark'],
  ['update', 'change', 'modify', 'set', 'edit', 'adjust'],
  ['reschedule', 'rebook'],
  ['create', 'make', 'open', 'raise', 'provision', 'setup', 'prepare', 'generate'],
  ['delete', 'erase'],
  ['revoke', 'disable', 'deactivate'],
  ['post', 'publish', 'callback'],
  ['webhook', 'http', 'endpoint'],
  ['assign', 'allocate'],
  ['schedule', 'book', 'arrange', 'plan'],
  ['eta', 'arrival', 'arrive'],
  ['location', 'where', 'position', 'gps'],
  ['delay', 'late', 'delayed', 'lateness', 'overdue', 'behind'],
  ['shipment', 'load', 'consignment', 'freight'],
  ['document', 'pdf', 'file', 'attachment', 'bol', 'paper'],
  ['facility', 'warehouse', 'dock', 'site'],
  ['appointment', 'slot'],
  ['employee', 'hire', 'joiner', 'newcomer', 'staff', 'starter', 'colleague'],
  ['equipment', 'laptop', 'hardware', 'device'],
  ['ticket', 'issue', 'incident', 'case'],
  ['user', 'people', 'person', 'team', 'somebody', 'someone'],
  ['order', 'purchase', 'buy'],
  ['sign', 'signed', 'signature'],
  ['gibberish', 'nonsense', 'garbage', 'unreadable', 'rubbish'],
  ['complete', 'completeness'],
  ['partial', 'partly', 'partially'],
  ['urgent', 'urgency', 'priority'],
  ['text', 'content'],
  ['body', 'wording'],
  ['found', 'exist', 'exists'],
  ['empty', 'none', 'nothing'],
  ['approve', 'approval', 'approved', 'consent'],
  ['reject', 'rejected', 'decline', 'declined', 'refuse'],
  ['arrange', 'organise', 'organize'],
];

/** Concepts that lie near each other, and how much of a match that is (0–1), both ways. */
export const related: readonly (readonly [string, string, number])[] = [
  ['parse', 'extract', 0.6],
  ['get', 'find', 0.7],
  ['get', 'check', 0.6],
  ['find', 'check', 0.4],
  ['send', 'email', 0.3],
  ['send', 'notify', 0.5],
  ['email', 'notify', 0.3],
  ['email', 'inbox', 0.4],
  ['send', 'post', 0.5],
  ['reply', 'inbox', 0.5],
  ['log', 'note', 0.4],
  ['add', 'create', 0.6],
  ['order', 'create', 0.3],
  ['update', 'reschedule', 0.7],
  ['schedule', 'reschedule', 0.5],
  ['appointment', 'reschedule', 0.7],
  ['find', 'location', 0.4],
  ['notify', 'user', 0.2],
  ['delete', 'revoke', 0.7],
  ['urgent', 'escalate', 0.3],
];

/** Concepts of verbs that many actions share: alone they choose none. */
export const genericVerbs: ReadonlySet<string> = new Set([
  'send',
  'check',
  'get',
  'find',
  'update',
  'create',
  'add',
  'do',
  'run',
  'use',
  'start',
]);

/** Words that start an instruction, besides the first words of the catalog's own names. */
export const verbWords: readonly string[] = [
  ...'send dispatch deliver mail email write notify alert inform tell ping warn message check verify inspect see'.split(
    ' ',
  ),
  ...'poll monitor review look get fetch retrieve pull obtain read find search lookup list query locate'.split(
    ' ',
  ),
  ...'parse interpret analyse analyze evaluate extract scan log record note comment update change modify set'.split(
    ' ',
  ),
  ...'adjust reschedule rebook create make open raise provision setup prepare generate delete revoke disable'.split(
    ' ',
  ),
  ...'post publish assign allocate schedule book arrange order purchase buy chase remind nudge followup escalate'.split(
    ' ',
  ),
  ...'wait pause sleep hold stop end finish quit abort ask request approve repeat retry keep call invite add attach'.split(
    ' ',
  ),
  ...'close resolve reset grant translate pay charge refund print sign track mark follow download upload forward give'.split(
    ' ',
  ),
  ...'let have continue proceed submit confirm cancel archive import export sync enrol enroll welcome build launch bake play'.split(
    ' ',
  ),
];

/** Qualifiers of the ordinary variant of something: not saying them costs nothing ("send an email" is the initial one). */
export const defaultQualifiers: ReadonlySet<string> = new Set(
  'initial first basic simple default standard general generic plain internal workflow action ai with'.split(
    ' ',
  ),
);

/** Words that choose nothing. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a an the this that these those it its they them their we us our you your i me my he she his her to of in on at by for ' +
    'from with into about as is are was were be been being am will would shall should can could may might must do does did ' +
    'done has have had there here and or but then so if when once unless until also too please kindly need needs want wants ' +
    'like just any some each every all both which who whom what how not no yes up out over more most than still again yet ' +
    'new one two after before otherwise else first next finally last now let lets new via per im like ill them thing ' +
    'things please workflow step steps automatically back off'
  ).split(' '),
);

/** Word groups written as one word before anything else looks at them. */
export const phrases: readonly (readonly [RegExp, string])[] = [
  [/\bfollow(?:s|ed|ing)?[ -]?ups?\b/g, 'followup'],
  [/\blook(?:s|ed|ing)? (?:it |them )?up\b/g, 'lookup'],
  [/\bset(?:s|ting)?[ -]up\b/g, 'setup'],
  [/\be-mail/g, 'email'],
  [/\bbills? of lading\b/g, 'bol'],
  [/\bget(?:ting)? back to\b/g, 'reply'],
  [/\bheard? (?:back|anything)\b/g, 'reply'],
  [/\bweb hook/g, 'webhook'],
  [/\bread ?me\b/g, 'readme'],
];
