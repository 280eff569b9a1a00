//! One connection to either database, and the two directions of values.

use crate::{Param, Row, Statement, StoreError};
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use rusqlite::types::ValueRef;
use std::sync::Arc;

/// A connection to one of the databases.
pub(crate) enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(OffLoop),
}

/// A client of PostgreSQL, each call to which has a thread: the driver must not be called, nor dropped,
/// inside the server's event loop.
pub(crate) struct OffLoop(Option<postgres::Client>);

impl OffLoop {
    pub(crate) fn connect(url: &str) -> Result<Self, StoreError> {
        let connect = || scr_postgres::connect(url).map_err(|e| StoreError::Unreachable(e.to_string()));
        Ok(Self(Some(in_thread(connect)?)))
    }

    fn with<T: Send>(
        &mut self,
        work: impl FnOnce(&mut postgres::Client) -> Result<T, StoreError> + Send,
    ) -> Result<T, StoreError> {
        match &mut self.0 {
            Some(client) => in_thread(|| work(client)),
            None => Err(StoreError::Unreachable("the connection is closed".to_owned())),
        }
    }
}

impl Drop for OffLoop {
    fn drop(&mut self) {
        let client = self.0.take();
        scr_postgres::off_loop(|| drop(client));
    }
}

fn in_thread<T: Send>(work: impl FnOnce() -> Result<T, StoreError> + Send) -> Result<T, StoreError> {
    scr_postgres::off_loop(work).unwrap_or_else(|| Err(StoreError::Refused("the driver panicked".to_owned())))
}

impl Connection {
    /// Runs a statement; gives its rows and the number of rows it changed.
    pub(crate) fn run(&mut self, statement: &Statement) -> Result<(Vec<Row>, u64), StoreError> {
        match self {
            Self::Sqlite(connection) => run_sqlite(connection, statement),
            Self::Postgres(client) => client.with(|client| run_postgres(client, statement)),
        }
    }

    /// Runs SQL of several statements without values.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Self::Postgres(client) => client.with(|client| Ok(client.batch_execute(sql)?)),
        }
    }

    /// Begins a transaction that may write.
    pub(crate) fn begin(&mut self) -> Result<(), StoreError> {
        self.batch(if self.is_sqlite() { "BEGIN IMMEDIATE" } else { "BEGIN" })
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Whether the database answers; its driver learns only by use that a connection is gone.
    pub(crate) fn is_answering(&mut self) -> bool {
        match self {
            Self::Sqlite(_) => true,
            Self::Postgres(client) => client.with(|client| Ok(client.simple_query("").map(drop)?)).is_ok(),
        }
    }

    /// Whether the connection can be used again.
    pub(crate) fn is_sound(&self) -> bool {
        match self {
            Self::Sqlite(connection) => connection.is_autocommit(),
            Self::Postgres(client) => client.0.as_ref().is_some_and(|client| !client.is_closed()),
        }
    }
}

fn run_sqlite(
    connection: &rusqlite::Connection,
    statement: &Statement,
) -> Result<(Vec<Row>, u64), StoreError> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    bind(&mut prepared, &statement.params)?;
    if prepared.column_count() == 0 {
        return Ok((Vec::new(), prepared.raw_execute()? as u64));
    }
    let names: Arc<[String]> = prepared.column_names().map(str::to_owned).collect();
    let mut found = prepared.raw_query();
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let mut values = Vec::with_capacity(names.len());
        for (place, name) in names.iter().enumerate() {
            values.push(match row.get_ref(place)? {
                ValueRef::Null => Param::Null,
                ValueRef::Integer(number) => Param::Int(number),
                ValueRef::Text(text) => Param::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Param::Blob(bytes.to_vec()),
                ValueRef::Real(_) => return Err(no_such_type(name, "a floating-point number")),
            });
        }
        rows.push(Row { names: Arc::clone(&names), values });
    }
    let count = rows.len() as u64;
    Ok((rows, count))
}

/// To SQLite `$1` is a name, numbered by where it first appears: each value is bound by its name, as
/// PostgreSQL does.
fn bind(prepared: &mut rusqlite::Statement<'_>, params: &[Param]) -> Result<(), StoreError> {
    let (named, given) = (prepared.parameter_count(), params.len());
    if named != given {
        return Err(StoreError::Refused(format!("the statement has {named} parameters, {given} were given")));
    }
    for (number, param) in (1..).zip(params) {
        let place = prepared
            .parameter_index(&format!("${number}"))?
            .ok_or_else(|| StoreError::Refused(format!("the statement has no parameter ${number}")))?;
        prepared.raw_bind_parameter(place, param)?;
    }
    Ok(())
}

fn run_postgres(client: &mut postgres::Client, statement: &Statement) -> Result<(Vec<Row>, u64), StoreError> {
    let values: Vec<PgValue<'_>> = statement.params.iter().map(PgValue).collect();
    let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
    let prepared = client.prepare(&statement.sql)?;
    let (named, given) = (prepared.params().len(), values.len());
    if named != given {
        // The driver would panic.
        return Err(StoreError::Refused(format!("the statement has {named} parameters, {given} were given")));
    }
    if prepared.columns().is_empty() {
        return Ok((Vec::new(), client.execute(&prepared, &values)?));
    }
    let names: Arc<[String]> = prepared.columns().iter().map(|column| column.name().to_owned()).collect();
    let mut rows = Vec::new();
    for row in client.query(&prepared, &values)? {
        let mut values = Vec::with_capacity(names.len());
        for (place, column) in row.columns().iter().enumerate() {
            values.push(from_postgres(&row, place, column)?);
        }
        rows.push(Row { names: Arc::clone(&names), values });
    }
    let count = rows.len() as u64;
    Ok((rows, count))
}

fn from_postgres(row: &postgres::Row, place: usize, column: &postgres::Column) -> Result<Param, StoreError> {
    let kind = column.type_();
    let value = if *kind == Type::INT8 {
        row.try_get::<_, Option<i64>>(place)?.map(Param::Int)
    } else if *kind == Type::INT4 {
        row.try_get::<_, Option<i32>>(place)?.map(|number| Param::Int(number.into()))
    } else if *kind == Type::BOOL {
        row.try_get::<_, Option<bool>>(place)?.map(|flag| Param::Int(flag.into()))
    } else if *kind == Type::BYTEA {
        row.try_get::<_, Option<Vec<u8>>>(place)?.map(Param::Blob)
    } else if [Type::TEXT, Type::VARCHAR, Type::NAME].contains(kind) {
        row.try_get::<_, Option<String>>(place)?.map(Param::Text)
    } else {
        return Err(no_such_type(column.name(), "a type that SQLite does not have"));
    };
    Ok(value.unwrap_or(Param::Null))
}

fn no_such_type(column: &str, found: &'static str) -> StoreError {
    StoreError::Type { column: column.to_owned(), wanted: "an integer, text or bytes", found }
}

/// A value on its way to PostgreSQL, which names the type that it expects.
#[derive(Debug)]
struct PgValue<'a>(&'a Param);

impl ToSql for PgValue<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self.0 {
            Param::Null => Ok(IsNull::Yes),
            Param::Int(number) if *ty == Type::INT8 => number.to_sql(ty, out),
            Param::Int(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Param::Int(number @ 0..=1) if *ty == Type::BOOL => (*number == 1).to_sql(ty, out),
            Param::Text(text) if [Type::TEXT, Type::VARCHAR, Type::NAME].contains(ty) => text.to_sql(ty, out),
            Param::Blob(bytes) if *ty == Type::BYTEA => bytes.to_sql(ty, out),
            _ => Err(format!("a value of another type than {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
