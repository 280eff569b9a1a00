mod index;
mod latin;
mod reading;
