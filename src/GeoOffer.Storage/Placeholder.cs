namespace GeoOffer.Storage;
