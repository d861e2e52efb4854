export namespace app {
	
	export interface AccountCard {
	    name: string;
	    title: string;
	    description: string;
	    link: string;
	}
	export interface NamedRef {
	    name: string;
	    title: string;
	}
	export interface Activity {
	    name: string;
	    title: string;
	    type: string;
	    action: string;
	    description: string;
	    user: NamedRef;
	    queue: NamedRef;
	    contact: NamedRef;
	    ticket: NamedRef;
	    createdBy: NamedRef;
	    statuses: NamedRef[];
	    timeMs: number;
	    waitMs: number;
	    openMs: number;
	    closeMs: number;
	    durationS: number;
	    ringingS: number;
	    beforeS: number;
	    afterS: number;
	    focusS: number;
	    disruptions: number;
	    anomaly: boolean;
	    qaScore: number;
	    link: string;
	}
	export interface Change {
	    id: number;
	    kind: string;
	    target: string;
	    interaction: string;
	    title: string;
	    timeMs: number;
	    state: string;
	    code: string;
	    reason: string;
	    createdMs: number;
	    mine: string;
	    theirs: string;
	    link: string;
	    person: string;
	}
	export interface Changed {
	    new: number;
	    changed: string[];
	    missing: profile.DayRange[];
	    asOfMs: number;
	}
	export interface OverviewRow {
	    name: string;
	    title: string;
	    deactivated: boolean;
	    count: number;
	    tookPart: number;
	    answered: number;
	    unanswered: number;
	    waiting: number;
	    measured: number;
	    within: number;
	    waitS: number;
	    durationS: number;
	    firstReplyS: number;
	    focusShare: number;
	    disruptions: number;
	}
	export interface ComparedRow {
	    now: OverviewRow;
	    then: OverviewRow;
	}
	export interface Inside {
	    waitS: number;
	    p90S: number;
	    firstReplyS: number;
	    durationS: number;
	}
	export interface Figures {
	    count: number;
	    answered: number;
	    unanswered: number;
	    missed: number;
	    waiting: number;
	    waited: number;
	    measured: number;
	    within: number;
	    waitS: number;
	    p90S: number;
	    firstReplyS: number;
	    durationS: number;
	    inside?: Inside;
	}
	export interface Compared {
	    with: string;
	    period: profile.PeriodInfo;
	    days: number;
	    unstored: number;
	    alone: number;
	    upToMs: number;
	    now: Figures;
	    then: Figures;
	    users: ComparedRow[];
	    queues: ComparedRow[];
	}
	
	export interface ContactCard {
	    name: string;
	    title: string;
	    firstName: string;
	    lastName: string;
	    account: NamedRef;
	    numbers: string[];
	    emails: string[];
	    description: string;
	    link: string;
	}
	export interface ContactHit {
	    contact: ContactCard;
	    likely: boolean;
	}
	export interface CoverFigure {
	    label: string;
	    unit: string;
	    now?: number;
	    was?: number;
	    change?: number;
	    share?: number;
	    better: number;
	}
	export interface DataInfo {
	    folder: string;
	    encryption: string;
	    bytes: number;
	    interactions: number;
	    exports: profile.ExportLogEntry[];
	}
	export interface ReviewAnswer {
	    question: string;
	    type: string;
	    answers: string[];
	}
	export interface Review {
	    name: string;
	    activity: string;
	    form: string;
	    user: string;
	    createdBy: string;
	    createdMs: number;
	    score: number;
	    answers: ReviewAnswer[];
	}
	export interface TicketActivity {
	    interaction: string;
	    name: string;
	    title: string;
	    user: string;
	    timeMs: number;
	}
	export interface TicketCard {
	    name: string;
	    title: string;
	    category: string;
	    stage: string;
	    priority: string;
	    user: string;
	    link: string;
	    others: TicketActivity[];
	}
	export interface File {
	    id: string;
	    title: string;
	    mimeType: string;
	    sizeBytes: number;
	    durationS: number;
	    stored: boolean;
	    url: string;
	}
	export interface Reaction {
	    emoji: string;
	    from: string;
	}
	export interface Message {
	    name: string;
	    direction: string;
	    type: string;
	    kind: string;
	    text: string;
	    timeMs: number;
	    from: string;
	    delivery: string;
	    reason: string;
	    quoted: string;
	    reactions: Reaction[];
	    template: string;
	    latitude: number;
	    longitude: number;
	    place: string;
	    cardName: string;
	    cardNumber: string;
	    files: File[];
	}
	export interface Row {
	    id: number;
	    name: string;
	    timeMs: number;
	    queue: string;
	    queueName: string;
	    queueOff: boolean;
	    user: string;
	    userName: string;
	    userOff: boolean;
	    contact: string;
	    contactName: string;
	    account: string;
	    accountName: string;
	    wa: string;
	    waNumber: string;
	    sender: string;
	    title: string;
	    answered: string;
	    waitS: number;
	    durationS: number;
	    ended: string;
	    connector: string;
	    missed: string;
	    missedRaw: string;
	    missedTimeMs: number;
	    direction: string;
	    left: string;
	    states: string[];
	    firstReplyS: number;
	    silenceS: number;
	    activities: number;
	    messages: number;
	    tickets: string[];
	    statuses: string[];
	    target: string;
	    over: Record<string, number>;
	    figures: Record<string, number>;
	}
	export interface Detail {
	    row: Row;
	    link: string;
	    activities: Activity[];
	    selected: string;
	    messages: Message[];
	    messagesIn: number;
	    messagesOut: number;
	    messagesStored: boolean;
	    process: profile.Step[];
	    processDerived: boolean;
	    contact?: ContactCard;
	    account?: AccountCard;
	    tickets: TicketCard[];
	    files: File[];
	    reviews: Review[];
	    gone: boolean;
	    anonymisedMs: number;
	    anonymisedBy: string;
	    maySendChanges: boolean;
	    forbidden: string[];
	}
	export interface ExportProgress {
	    id: string;
	    state: string;
	    rows: number;
	    total: number;
	    bytes: number;
	    file: string;
	    url: string;
	    code: string;
	    params: Record<string, string>;
	}
	export interface FieldInfo {
	    name: string;
	    key: string;
	    kind: string;
	    operators: string[];
	    column: boolean;
	    sortable: boolean;
	    export: boolean;
	    personal: boolean;
	}
	
	
	export interface HeatCell {
	    fromMs: number;
	    day: number;
	    hour: number;
	    count: number;
	    missed: number;
	}
	
	
	
	export interface Note {
	    text: string;
	    has: boolean;
	}
	export interface TrendPart {
	    place: number;
	    from: string;
	    to: string;
	    now: Figures;
	    then?: Figures;
	    missing: boolean;
	    same: boolean;
	}
	export interface Trend {
	    step: string;
	    parts: TrendPart[];
	}
	export interface WaitBucket {
	    limitS: number;
	    count: number;
	}
	export interface TargetShare {
	    goal: string;
	    measured: number;
	    within: number;
	}
	export interface Summary {
	    total: number;
	    answered: number;
	    unanswered: number;
	    missed: number;
	    waiting: number;
	    waited: number;
	    medianS: number;
	    p90S: number;
	    targets: TargetShare[];
	    heatKind: string;
	    heat: HeatCell[];
	}
	export interface Overview {
	    summary: Summary;
	    figures: Figures;
	    waits: WaitBucket[];
	    anomalies: number;
	    users: OverviewRow[];
	    queues: OverviewRow[];
	    trend: Trend;
	    workingHours: profile.HoursState;
	}
	
	export interface QueryError {
	    code: string;
	    params: Record<string, string>;
	    pos: number;
	    len: number;
	}
	export interface ParsedFilter {
	    filter: profile.Filter;
	    where?: query.Node;
	    error?: QueryError;
	}
	export interface PickOption {
	    value: string;
	    title: string;
	    kind: string;
	    deactivated: boolean;
	    count: number;
	}
	export interface PortraitUser {
	    title: string;
	    count: number;
	}
	export interface PortraitRow {
	    name: string;
	    timeMs: number;
	    seconds: number;
	}
	export interface Portrait {
	    activeDays: number;
	    incoming: number;
	    outgoing: number;
	    reviewed: number;
	    hours: number[];
	    waits: PortraitRow[];
	    silences: PortraitRow[];
	    tookPart: PortraitUser[];
	}
	
	
	export interface QAOptionInfo {
	    value: string;
	    title: string;
	    points: number;
	}
	export interface QAQuestionInfo {
	    name: string;
	    title: string;
	    type: string;
	    disqualify: boolean;
	    options: QAOptionInfo[];
	}
	export interface QAFormInfo {
	    name: string;
	    title: string;
	    initialScore: number;
	    minimumScore: number;
	    questions: QAQuestionInfo[];
	}
	
	
	
	
	export interface ReportCover {
	    title: string;
	    lines: string[];
	    notes: string[];
	    compared: boolean;
	    figures: CoverFigure[];
	}
	
	
	export interface RightsInfo {
	    users: NamedRef[];
	    queues: NamedRef[];
	    where: string;
	}
	
	export interface SearchResult {
	    snapshot: string;
	    total: number;
	    rows: Row[];
	    period: profile.PeriodInfo;
	    missing: profile.DayRange[];
	    asOfMs: number;
	    keptFrom: string;
	    summary: Summary;
	    text: string;
	    stored: number;
	    noRights: boolean;
	    refused: string[];
	    words: string[];
	}
	export interface SessionState {
	    mode: string;
	    migratingMB: number;
	    demo: boolean;
	    readOnly: boolean;
	    company: string;
	    profile: string;
	    userName: string;
	    userTitle: string;
	    zone: string;
	    nowMs: number;
	    version: string;
	    anonymising: string;
	    mayPair: boolean;
	    mayExport: boolean;
	    visibleUsers: number;
	    visibleQueues: number;
	    open: string;
	    browser: boolean;
	    settings: profile.Settings;
	}
	
	export interface SyncStatus {
	    state: string;
	    phase: string;
	    done: number;
	    expected: number;
	    rate: number;
	    leftS: number;
	    metered: string;
	    paused: boolean;
	    rereadDown: string;
	    waitS: number;
	    lastMs: number;
	    nextMs: number;
	    stored: number;
	    coverage: profile.DayRange[];
	    waiting: number;
	    refused: number;
	    todo: number;
	    errorCode: string;
	    errorParams: Record<string, string>;
	    unread: string[];
	    neverListed: string[];
	    newRows: number;
	    zoneUnknown: string;
	    zoneUsed: string;
	    doubted: number;
	    compactionDue: boolean;
	}
	
	
	
	
	
	
	export interface Window {
	    offset: number;
	    rows: Row[];
	}

}

export namespace connection {
	
	export interface Report {
	    company: string;
	    serverVersion: string;
	    userTitle: string;
	    visibleUsers: number;
	    visibleQueues: number;
	    missing: string[];
	    interactions: number;
	}

}

export namespace guide {
	
	export interface Word {
	    term: string;
	    about: string;
	    action: string;
	}
	export interface Topic {
	    name: string;
	    title: string;
	    text: string[];
	    words: Word[];
	    steps: string[];
	    picture: boolean;
	}

}

export namespace hours {
	
	export interface Span {
	    from: number;
	    to: number;
	}
	export interface Hours {
	    week: Span[][];
	    holidays: string[];
	    public: string;
	}

}

export namespace profile {
	
	export interface AnonymiseCall {
	    method: string;
	    path: string;
	    body: string;
	}
	export interface ColumnSetting {
	    field: string;
	    width: number;
	    hidden: boolean;
	}
	export interface Period {
	    preset: string;
	    from: string;
	    to: string;
	}
	export interface Comparison {
	    with: string;
	    own: Period;
	}
	export interface ConnectionInput {
	    address: string;
	    token: string;
	    user: string;
	    password: string;
	    inFile: boolean;
	}
	export interface ContactInput {
	    firstName: string;
	    lastName: string;
	    number: string;
	    email: string;
	    database: string;
	}
	export interface Copy {
	    text: string;
	    rows: number;
	}
	export interface DateSample {
	    text: string;
	    dmy: string;
	    mdy: string;
	    ymd: string;
	}
	export interface DatesQuestion {
	    contradict: boolean;
	    samples: DateSample[];
	}
	export interface DayMark {
	    day: string;
	    stored: string;
	}
	export interface DayRange {
	    from: string;
	    to: string;
	    fromMs: number;
	    toMs: number;
	}
	export interface ErasePreview {
	    interactions: number;
	    already: number;
	    messages: number;
	    files: number;
	    contacts: number;
	    contactsKept: number;
	    changes: number;
	    exports: string[];
	    upstream: string;
	    anonymising: string;
	    allowed: boolean;
	    title: string;
	}
	export interface EraseResult {
	    erased: number;
	    already: number;
	    failed: string[];
	    stopped: boolean;
	    busy: string[];
	}
	export interface ExportLogEntry {
	    timeMs: number;
	    file: string;
	    filter: string;
	    rows: number;
	    exists: boolean;
	}
	export interface ExportPreview {
	    rows: number;
	    header: string[];
	    cells: string[][];
	    text: string;
	    limit: number;
	    bytes: number;
	    fileName: string;
	    missing: DayRange[];
	    keptFrom: string;
	    allowed: boolean;
	}
	export interface Selection {
	    snapshot: string;
	    all: boolean;
	    except: string[];
	    names: string[];
	}
	export interface Filter {
	    time: Period;
	    users: string[];
	    tookPart: boolean;
	    queues: string[];
	    contact: string;
	    noContact: boolean;
	    sender: string;
	    where?: query.Node;
	    sort: query.SortKey[];
	}
	export interface ExportRequest {
	    filter: Filter;
	    selection: Selection;
	    selected: boolean;
	    format: string;
	    columns: string[];
	    sheets: string[];
	    lang: string;
	    region: string;
	    raw: boolean;
	    rawText: boolean;
	    dialect: string;
	    delimiter: string;
	    bom: boolean;
	    seconds: boolean;
	}
	export interface ExportTemplate {
	    name: string;
	    choice: string;
	}
	export interface FileNotice {
	    code: string;
	    count: number;
	    text: string;
	}
	
	export interface Found {
	    interaction: string;
	    activity: string;
	    link: string;
	}
	export interface Goals {
	    waitS: number;
	    firstReplyS: number;
	    silenceS: number;
	    durationS: number;
	    answeredPercent: number;
	}
	export interface HoursState {
	    hold: boolean;
	    counting: boolean;
	    percent: number;
	}
	export interface ReportRun {
	    atMs: number;
	    dueMs: number;
	    files: string[];
	    code: string;
	    params: Record<string, string>;
	}
	export interface KeptReport {
	    id: string;
	    title: string;
	    view: string;
	    period: string;
	    compare: string;
	    tables: string[];
	    formats: string[];
	    lang: string;
	    region: string;
	    name: string;
	    folder: string;
	    days: number[];
	    at: string;
	    run: ReportRun;
	    nextMs: number;
	    gone: boolean;
	}
	export interface Known {
	    name: string;
	    kind: string;
	    company: string;
	    login: string;
	    open: boolean;
	}
	export interface LedgerRow {
	    name: string;
	    timeMs: number;
	    queue: string;
	    erasedMs: number;
	    by: string;
	    cause: string;
	    filter: string;
	    messages: number;
	    files: number;
	    contacts: number;
	    changes: number;
	    upstream: string;
	    exports: string[];
	    link: string;
	}
	export interface SkippedRow {
	    sheet: string;
	    row: number;
	    code: string;
	}
	export interface OpenReport {
	    profile: string;
	    rows: number;
	    left: number;
	    values: number;
	    skipped: SkippedRow[];
	    unknown: string[];
	    notices: FileNotice[];
	    dates?: DatesQuestion;
	}
	
	export interface PeriodInfo {
	    fromMs: number;
	    toMs: number;
	    from: string;
	    to: string;
	    days: number;
	}
	export interface PersonInteraction {
	    name: string;
	    timeMs: number;
	    queue: string;
	    title: string;
	    other: string;
	    erased: boolean;
	}
	export interface Person {
	    contact: string;
	    number: string;
	    title: string;
	    numbers: string[];
	    emails: string[];
	    interactions: PersonInteraction[];
	    link: string;
	}
	export interface Todo {
	    kind: string;
	    name: string;
	    link: string;
	}
	export interface PersonErased {
	    erased: number;
	    already: number;
	    failed: string[];
	    stopped: boolean;
	    busy: string[];
	    contact: boolean;
	    todo: Todo[];
	}
	export interface PersonHit {
	    contact: string;
	    number: string;
	    title: string;
	    numbers: string[];
	    emails: string[];
	}
	
	export interface PersonKey {
	    contact: string;
	    number: string;
	}
	export interface QAInput {
	    activity: string;
	    form: string;
	    answers: Record<string, Array<string>>;
	}
	export interface QueueGoals {
	    queue: string;
	    goals: Goals;
	    hoursOf: string;
	    hours?: hours.Hours;
	}
	export interface QuickValue {
	    value: string;
	    title: string;
	    count: number;
	}
	export interface QuickContact {
	    title: string;
	    shown: string;
	    count: number;
	}
	export interface QuickInteraction {
	    name: string;
	    title: string;
	    number: string;
	    timeMs: number;
	    queue: string;
	    user: string;
	}
	export interface Quick {
	    interactions: QuickInteraction[];
	    interactionsTotal: number;
	    contacts: QuickContact[];
	    contactsTotal: number;
	    users: QuickValue[];
	    usersTotal: number;
	    queues: QuickValue[];
	    queuesTotal: number;
	}
	
	
	
	export interface Reason {
	    key: string;
	    where?: query.Node;
	    count: number;
	    limit: number;
	}
	export interface Report {
	    id: string;
	    title: string;
	    view: string;
	    period: string;
	    compare: string;
	    tables: string[];
	    formats: string[];
	    lang: string;
	    region: string;
	    name: string;
	    folder: string;
	    days: number[];
	    at: string;
	}
	
	export interface Retention {
	    days: number;
	    anonymise: boolean;
	    keptFrom: string;
	    interactions: number;
	    waiting: number;
	}
	export interface SampleAgent {
	    name: string;
	    title: string;
	    count: number;
	    of: number;
	}
	export interface Sample {
	    names: string[];
	    agents: SampleAgent[];
	    seed: number;
	}
	
	export interface SampleOptions {
	    perAgent: number;
	    atLeast: number;
	    seed: number;
	}
	export interface SavedView {
	    id: string;
	    title: string;
	    key: string;
	    builtIn: boolean;
	    filter: Filter;
	    columns: string[];
	}
	
	export interface Targets {
	    all: Goals;
	    hours?: hours.Hours;
	    queues: QueueGoals[];
	}
	export interface Settings {
	    lang: string;
	    region: string;
	    theme: string;
	    density: string;
	    textSize: number;
	    reduceMotion: boolean;
	    singleKeys: boolean;
	    shortcuts: Record<string, string>;
	    startView: string;
	    columns: ColumnSetting[];
	    detailWidth: number;
	    detailTab: string;
	    stripOpen: boolean;
	    syncMinutes: number;
	    syncMessages: boolean;
	    syncMetered: string;
	    targets: Targets;
	    presentation: boolean;
	    weekStart: number;
	    export: string;
	    exportTemplates: ExportTemplate[];
	}
	
	export interface StartInput {
	    interaction: string;
	    queue: string;
	    number: string;
	    note: string;
	}
	export interface Step {
	    timeMs: number;
	    mark: string;
	    step: string;
	    queue: string;
	    user: string;
	    lastsS: number;
	    text: string;
	}
	export interface Sweep {
	    total: number;
	    wrong: number;
	    unseen: number;
	    reasons: Reason[];
	    where?: query.Node;
	    active: string;
	    onlyUnseen: boolean;
	    rest: Filter;
	}
	export interface SyncRequest {
	    from: string;
	    to: string;
	    deep: boolean;
	}
	

}

export namespace query {
	
	export interface Node {
	    not?: boolean;
	    and?: Node[];
	    or?: Node[];
	    field?: string;
	    op?: string;
	    values?: string[];
	}
	export interface SortKey {
	    field: string;
	    desc?: boolean;
	}

}

